import { ChevronLeft, ChevronRight, type LucideIcon, X, ZoomIn, ZoomOut } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type KeyboardEvent, useState } from 'react'
import { usePerson } from '@/api/people'
import type { FileOut } from '@/api/types'
import { cx } from '@/ui/cx'
import { IconButton } from '@/ui/IconButton'
import { plainName } from '@/ui/names'
import { fullTime, relativeTime } from '@/ui/relativeTime'
import { t } from '@/ui/text'
import { DownloadLink } from './DownloadLink'
import { GalleryStage } from './GalleryStage'
import { kindAndSize } from './kinds'

const ZOOMS = [1, 1.5, 2, 3, 4]

interface Props {
  files: readonly FileOut[]
  index: number
  home: HTMLElement
  onClose(): void
}

/** Pictures, films and first pages, one at a time over the whole screen. */
export function Gallery({ files, index, home, onClose }: Props) {
  const [at, setAt] = useState(index)
  const [zoom, setZoom] = useState(0)
  const file = files[at]
  if (!file) return null
  const go = (next: number) => {
    if (next < 0 || next >= files.length) return
    setAt(next)
    setZoom(0)
  }
  const magnify = (next: number) => {
    if (file.kind !== 'video') setZoom(Math.max(0, Math.min(ZOOMS.length - 1, next)))
  }
  const onKeyDown = keysOf({ at, last: files.length - 1, zoom, go, magnify })
  return (
    <Radix.Root open onOpenChange={(open) => open || onClose()}>
      <Radix.Portal>
        <Radix.Content
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
          onOpenAutoFocus={(event) => toElement(event, event.target)}
          onCloseAutoFocus={(event) => toElement(event, present(home, files[index]))}
          className="fixed inset-0 z-40 flex animate-appear flex-col bg-stone-0 pt-[env(safe-area-inset-top)] pb-[env(safe-area-inset-bottom)] outline-none"
        >
          <Head file={file} zoom={zoom} onZoom={magnify} />
          <div className="relative min-h-0 flex-1">
            <GalleryStage
              key={file.id}
              file={file}
              zoom={ZOOMS[zoom] ?? 1}
              onZoom={() => magnify(zoom ? 0 : 2)}
              onSwipe={(step) => go(at + step)}
            />
            {files.length > 1 && <Arrows at={at} last={files.length - 1} go={go} />}
          </div>
          <Foot file={file} at={at} all={files.length} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function toElement(event: Event, target: EventTarget | null): void {
  event.preventDefault()
  if (target instanceof HTMLElement) target.focus()
}

/**
 * What the gallery was opened from. A message that was on its way is drawn anew once it is stored,
 * and what was pressed in it is another element by then.
 */
function present(home: HTMLElement, file: FileOut | undefined): HTMLElement | null {
  return home.isConnected ? home : document.querySelector(`[data-file="${file?.id}"]`)
}

interface Ways {
  at: number
  last: number
  zoom: number
  go(at: number): void
  magnify(zoom: number): void
}

function keysOf({ at, last, zoom, go, magnify }: Ways) {
  const keys = new Map([
    ['ArrowLeft', () => go(at - 1)],
    ['ArrowRight', () => go(at + 1)],
    ['Home', () => go(0)],
    ['End', () => go(last)],
    ['+', () => magnify(zoom + 1)],
    ['=', () => magnify(zoom + 1)],
    ['-', () => magnify(zoom - 1)],
    ['0', () => magnify(0)],
  ])
  return (event: KeyboardEvent) => {
    const act = keys.get(event.key)
    // A film that has the focus moves in itself.
    const inside = event.target instanceof HTMLVideoElement
    if (!act || inside || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    act()
  }
}

function Foot({ file, at, all }: { file: FileOut; at: number; all: number }) {
  const words = [
    all > 1 && t('files.gallery.count', { at: at + 1, all }),
    file.kind === 'pdf' && t('files.gallery.firstPage'),
  ]
  return (
    <p
      aria-live="polite"
      className="h-10 shrink-0 px-4 pt-2.5 text-center text-ink-3 text-small tabular-nums"
    >
      {words.filter(Boolean).join(' · ')}
    </p>
  )
}

function Arrows({ at, last, go }: Pick<Ways, 'at' | 'last' | 'go'>) {
  return (
    <>
      <Arrow icon={ChevronLeft} on={at > 0} onClick={() => go(at - 1)} />
      <Arrow icon={ChevronRight} on={at < last} onClick={() => go(at + 1)} />
    </>
  )
}

function Head(props: { file: FileOut; zoom: number; onZoom(zoom: number): void }) {
  const { file, zoom, onZoom } = props
  const person = usePerson(file.uploader_id)
  const who = person ? plainName(person.name) : t('files.someone')
  return (
    <header className="flex h-16 shrink-0 items-center gap-1 pr-3.5 pl-6 phone:pr-1.5 phone:pl-4">
      <div className="min-w-0 flex-1 pr-2">
        <Radix.Title dir="auto" className="truncate font-strong">
          {plainName(file.name)}
        </Radix.Title>
        <p className="truncate text-ink-3 text-small">
          <bdi>{who}</bdi>
          {', '}
          <time dateTime={file.created_at} title={fullTime(file.created_at)}>
            {relativeTime(file.created_at)}
          </time>
          <span className="phone:hidden">{` · ${kindAndSize(file)}`}</span>
        </p>
      </div>
      {file.kind !== 'video' && (
        <>
          <IconButton
            icon={ZoomOut}
            side="bottom"
            label={t('files.gallery.zoomOut')}
            disabled={zoom === 0}
            onClick={() => onZoom(zoom - 1)}
            className="phone:hidden"
          />
          <IconButton
            icon={ZoomIn}
            side="bottom"
            label={t('files.gallery.zoomIn')}
            disabled={zoom === ZOOMS.length - 1}
            onClick={() => onZoom(zoom + 1)}
          />
        </>
      )}
      <DownloadLink file={file} side="bottom" />
      <Radix.Close asChild>
        <IconButton icon={X} side="bottom" label={t('ui.close')} keys="escape" />
      </Radix.Close>
    </header>
  )
}

function Arrow({ icon, on, onClick }: { icon: LucideIcon; on: boolean; onClick(): void }) {
  const back = icon === ChevronLeft
  return (
    <IconButton
      icon={icon}
      side={back ? 'right' : 'left'}
      label={t(back ? 'files.gallery.previous' : 'files.gallery.next')}
      // Stays where it is at the ends, so that the focus is not lost.
      aria-disabled={!on}
      onClick={onClick}
      className={cx(
        'absolute top-1/2 -translate-y-1/2 bg-stone-2 phone:hidden',
        back ? 'left-4' : 'right-4',
        !on && 'opacity-40',
      )}
    />
  )
}
