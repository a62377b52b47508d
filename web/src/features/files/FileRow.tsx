import { Link } from '@tanstack/react-router'
import { MessageSquareText } from 'lucide-react'
import { usePerson } from '@/api/people'
import type { FileOut, PlacedFile } from '@/api/types'
import { plainName } from '@/ui/names'
import { fullTime, relativeTime } from '@/ui/relativeTime'
import { Tooltip } from '@/ui/Tooltip'
import { t } from '@/ui/text'
import { DownloadLink } from './DownloadLink'
import { FileThumb } from './FileThumb'
import { openGallery } from './gallery'
import { downloadOf, isShowable, sizeText } from './kinds'

interface Props {
  file: PlacedFile
  /** What the gallery goes through from here. */
  shown: readonly FileOut[]
  channelId: string
  onJump(): void
}

const main = 'flex min-w-0 flex-1 items-center gap-3 rounded-control text-left'

/** A file of a place: opens, is saved, and leads to where it was said. */
export function FileRow({ file, shown, channelId, onJump }: Props) {
  const name = plainName(file.name)
  return (
    <li className="flex items-center gap-0.5 rounded-row py-2 pr-1 pl-2 transition-colors hover:bg-stone-3">
      {isShowable(file) ? (
        <button
          type="button"
          data-file={file.id}
          onClick={(event) => openGallery(shown, file, event.currentTarget)}
          className={main}
        >
          <span className="sr-only">{t('files.open')} </span>
          <Words file={file} />
        </button>
      ) : (
        <a href={downloadOf(file)} download={file.name} className={main}>
          <Words file={file} />
        </a>
      )}
      {file.object_kind === 'message' && (
        <Tooltip text={t('files.view.jump')}>
          <Link
            to="/c/$channelId"
            params={{ channelId }}
            search={{ m: file.object_id }}
            onClick={onJump}
            aria-label={t('files.view.jump.named', { name })}
            className="touch-target grid size-[1.875rem] shrink-0 place-items-center rounded-control text-ink-3 transition-colors hover:bg-stone-4 hover:text-ink-1"
          >
            <MessageSquareText size={16} aria-hidden />
          </Link>
        </Tooltip>
      )}
      <DownloadLink file={file} small />
    </li>
  )
}

function Words({ file }: { file: PlacedFile }) {
  const person = usePerson(file.uploader_id)
  const who = person ? plainName(person.name) : t('files.someone')
  return (
    <>
      <FileThumb file={file} />
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate font-strong">
          {plainName(file.name)}
        </span>
        <span title={fullTime(file.created_at)} className="block truncate text-ink-3 text-tiny">
          {t('files.view.row', {
            who,
            when: relativeTime(file.created_at),
            size: sizeText(file.size),
          })}
        </span>
      </span>
    </>
  )
}
