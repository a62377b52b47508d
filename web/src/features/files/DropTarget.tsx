import { Paperclip } from 'lucide-react'
import { type DragEvent, useEffect, useState } from 'react'
import { plainName } from '@/ui/names'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { addFiles } from './add'

const withFiles = (event: { dataTransfer: DataTransfer | null }) =>
  event.dataTransfer?.types.includes('Files') ?? false

/** Lies over the talk while files are dragged over the page. Its parent is positioned. */
export function DropTarget({ place, name }: { place: string; name: string | null }) {
  const [over, setOver] = useDragged()
  if (!over) return null
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const { files, folders } = sorted(event.dataTransfer)
    if (folders) toast({ text: t('files.drop.folder'), tone: 'bad' })
    addFiles(place, files)
  }
  return (
    <section
      aria-label={t('files.drop.region')}
      onDrop={onDrop}
      className="absolute inset-2 z-20 grid animate-appear place-items-center rounded-composer bg-stone-3/97"
    >
      <div className="pointer-events-none flex flex-col items-center gap-3 text-center">
        <Paperclip size={24} aria-hidden className="text-marigold-text" />
        <p dir="auto" className="serif px-6 text-group">
          {name ? t('files.drop', { name: plainName(name) }) : t('files.drop.bare')}
        </p>
        <p className="text-ink-3 text-small">{t('files.drop.hint')}</p>
      </div>
    </section>
  )
}

/** Are files held over the page? Wherever they fall, the browser does not leave the page for them. */
function useDragged(): [boolean, (over: boolean) => void] {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const life = new AbortController()
    const { signal } = life
    const keep = (event: globalThis.DragEvent) => {
      if (!withFiles(event)) return
      event.preventDefault()
      setOver(event.type !== 'drop')
    }
    addEventListener('dragenter', keep, { signal })
    addEventListener('dragover', keep, { signal })
    addEventListener('drop', keep, { signal })
    // Out of the window: then nothing is entered instead.
    addEventListener('dragleave', (event) => event.relatedTarget ?? setOver(false), { signal })
    return () => life.abort()
  }, [])
  return [over, setOver]
}

/** A folder has no bytes of its own. */
function sorted(data: DataTransfer): { files: File[]; folders: boolean } {
  const items = [...data.items].filter(({ kind }) => kind === 'file')
  const files = items.filter((item) => !item.webkitGetAsEntry()?.isDirectory)
  return {
    files: files.flatMap((item) => item.getAsFile() ?? []),
    folders: files.length < items.length,
  }
}
