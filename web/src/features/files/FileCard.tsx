import { type ReactNode, useState } from 'react'
import { send } from '@/api/client'
import type { FileOut } from '@/api/types'
import { Button } from '@/ui/Button'
import { plainName } from '@/ui/names'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { DownloadLink } from './DownloadLink'
import { FileThumb } from './FileThumb'
import { openGallery } from './gallery'
import { contentOf, isShowable, kindAndSize } from './kinds'

const SHOWN_BYTES = 200_000

/** How the caller shows code: its text, and its name. */
export type DrawCode = (code: string, name: string) => ReactNode

const surface =
  'flex w-fit max-w-full items-center tablet:min-w-[21.25rem] phone:w-full gap-3 rounded-card bg-stone-3 p-2.5'

/** A file as a card: what it is, how large, and how to have it. */
export function FileCard({ file, code }: { file: FileOut; code: DrawCode }) {
  const [text, setText] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const readable = ['text', 'code'].includes(file.kind) && file.size <= SHOWN_BYTES
  const show = async () => {
    if (text !== null) return setText(null)
    setBusy(true)
    try {
      setText(await contentText(file))
    } catch {
      toast({ text: t('files.show.failed'), tone: 'bad' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="min-w-0 max-w-full phone:w-full">
      <div className={surface}>
        <Named file={file} />
        {readable && (
          <Button
            look="raised"
            size="small"
            busy={busy}
            aria-expanded={text !== null}
            aria-label={t(text === null ? 'files.show.named' : 'files.hide.named', {
              name: plainName(file.name),
            })}
            onClick={() => void show()}
          >
            {t(text === null ? 'files.show' : 'files.hide')}
          </Button>
        )}
        <DownloadLink file={file} />
      </div>
      {text !== null && (
        <div className="[&_pre]:max-h-96 [&_pre]:overflow-y-auto">
          {code(text, plainName(file.name))}
        </div>
      )}
    </div>
  )
}

function Named({ file }: { file: FileOut }) {
  const words = (
    <>
      <FileThumb file={file} />
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate font-strong">
          {plainName(file.name)}
        </span>
        <span className="block truncate text-ink-3 text-tiny">{kindAndSize(file)}</span>
      </span>
    </>
  )
  if (!isShowable(file))
    return <div className="flex min-w-0 flex-1 items-center gap-3">{words}</div>
  return (
    <button
      type="button"
      data-file={file.id}
      onClick={(event) => openGallery([file], file, event.currentTarget)}
      className="flex min-w-0 flex-1 items-center gap-3 rounded-control text-left"
    >
      <span className="sr-only">{t('files.open')} </span>
      {words}
    </button>
  )
}

/** Sound with the browser's own player under its name. */
export function SoundCard({ file }: { file: FileOut }) {
  return (
    <div className="w-[min(23rem,100%)] rounded-card bg-stone-3 p-2.5">
      <div className="flex items-center gap-3">
        <Named file={file} />
        <DownloadLink file={file} />
      </div>
      {/* biome-ignore lint/a11y/useMediaCaption: people's own sounds come without captions */}
      <audio
        controls
        preload="none"
        src={contentOf(file)}
        aria-label={plainName(file.name)}
        className="mt-2 h-10 w-full"
      />
    </div>
  )
}

async function contentText(file: FileOut): Promise<string> {
  const answer = await send(new Request(new URL(contentOf(file), location.origin)))
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.text()
}
