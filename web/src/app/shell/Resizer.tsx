import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { cx } from '@/ui/cx'
import { t } from '@/ui/text'
import { bounded, LIST, listWidth, widthAfter } from './width'

/** The edge between list and sheet: drag it, or arrow keys; a double click gives the measure back. */
export function Resizer() {
  const width = listWidth.use()
  const [held, setHeld] = useState(false)
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    const [startX, startWidth] = [event.clientX, width]
    event.currentTarget.setPointerCapture(event.pointerId)
    setHeld(true)
    const stop = new AbortController()
    const move = ({ clientX }: globalThis.PointerEvent) =>
      listWidth.set(bounded(startWidth + clientX - startX))
    const end = () => {
      stop.abort()
      setHeld(false)
    }
    addEventListener('pointermove', move, { signal: stop.signal })
    addEventListener('pointerup', end, { signal: stop.signal })
    addEventListener('pointercancel', end, { signal: stop.signal })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule has no value one can move
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('shell.resize')}
      aria-valuemin={LIST.least}
      aria-valuemax={LIST.most}
      aria-valuenow={width}
      onPointerDown={begin}
      onDoubleClick={() => listWidth.set(LIST.normal)}
      onKeyDown={resizeByKey}
      className="group/edge absolute inset-y-0 -right-1.5 z-10 w-3 cursor-col-resize touch-none outline-none phone:hidden"
    >
      <span
        aria-hidden
        className={cx(
          'absolute inset-y-8 left-1.5 w-0.5 rounded-full transition-colors',
          held ? 'bg-ink-3' : 'group-hover/edge:bg-stone-4 group-focus-visible/edge:bg-focus',
        )}
      />
    </div>
  )
}

function resizeByKey(event: KeyboardEvent): void {
  const next = widthAfter(event.key, listWidth.get())
  if (next === null || event.altKey || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  listWidth.set(next)
}
