import type { FileOut } from '@/api/types'
import { KINDS, type Kind, previewOf } from './kinds'

/** A page or a picture in small, 34 × 42; without one, what kind of file it is. */
export function FileThumb({ file }: { file: Pick<FileOut, 'id' | 'kind' | 'has_preview'> }) {
  if (!file.has_preview) return <KindThumb kind={file.kind} />
  return (
    <img
      src={previewOf(file)}
      alt=""
      loading="lazy"
      className="h-[2.625rem] w-[2.125rem] shrink-0 rounded-chip bg-stone-4 object-cover object-top shadow-row"
    />
  )
}

/** The sign of a kind, where a page would stand. */
export function KindThumb({ kind }: { kind: Kind }) {
  const Icon = KINDS[kind].icon
  return (
    <span className="grid h-[2.625rem] w-[2.125rem] shrink-0 place-items-center rounded-chip bg-stone-4 text-ink-2">
      <Icon size={18} aria-hidden />
    </span>
  )
}
