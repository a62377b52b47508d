import { RotateCw, X } from 'lucide-react'
import { cx } from '@/ui/cx'
import { IconButton } from '@/ui/IconButton'
import { plainName } from '@/ui/names'
import { ProgressBar } from '@/ui/ProgressBar'
import { t } from '@/ui/text'
import type { Attachment } from './attachment'
import { KindThumb } from './FileThumb'
import { uploads } from './here'
import { type Kind, sizeText } from './kinds'
import { useAttachments } from './uploads'

/** What goes with the words that are being written: above the field, one card each. */
export function DraftFiles({ place }: { place: string }) {
  const files = useAttachments(uploads, place)
  if (files.length === 0) return null
  return (
    <ul
      aria-label={t('files.draft')}
      className="flex max-h-56 flex-wrap gap-2 overflow-y-auto px-1 pt-1.5 pb-2"
    >
      {files.map((file) => (
        <DraftFile key={file.id} file={file} />
      ))}
    </ul>
  )
}

function DraftFile({ file }: { file: Attachment }) {
  const name = plainName(file.name)
  const failed = file.state === 'failed'
  return (
    <li className="flex w-64 max-w-full items-center gap-2.5 rounded-card bg-stone-4 light:bg-stone-2 p-2 phone:w-full">
      {file.thumb ? (
        <img
          src={file.thumb}
          alt=""
          className="h-[2.625rem] w-[2.125rem] shrink-0 rounded-chip object-cover"
        />
      ) : (
        <KindThumb kind={guess(file.media)} />
      )}
      <div className="min-w-0 flex-1">
        <p dir="auto" title={name} className="truncate font-strong text-small">
          {name}
        </p>
        <p
          role={failed ? 'alert' : undefined}
          className={cx(
            'text-tiny tabular-nums',
            failed ? 'text-pretty text-rose' : 'truncate text-ink-2',
          )}
        >
          {words(file)}
        </p>
        {(file.state === 'sending' || file.state === 'queued') && (
          <div className="mt-1">
            <ProgressBar
              label={t('files.progress', { name })}
              value={file.size > 0 ? file.sent / file.size : 0}
            />
          </div>
        )}
      </div>
      {failed && (
        <IconButton
          icon={RotateCw}
          small
          label={t('files.retry', { name })}
          onClick={() => uploads.retry(file.id)}
        />
      )}
      <IconButton
        icon={X}
        small
        label={t('files.remove', { name })}
        onClick={() => uploads.remove(file.id)}
      />
    </li>
  )
}

function words({ state, size, sent, problem }: Attachment): string {
  if (state === 'failed') return problem ?? t('files.problem.server')
  if (state === 'waiting') return t('files.waiting', { size: sizeText(size) })
  if (state === 'ready') return sizeText(size)
  return t('files.sent', { sent: sizeText(sent), size: sizeText(size) })
}

/** Before the server has looked, what the device says of it. */
function guess(media: string): Kind {
  const [family] = media.split('/')
  if (family === 'image' || family === 'video' || family === 'audio') return family
  if (media === 'application/pdf') return 'pdf'
  return family === 'text' ? 'text' : 'other'
}
