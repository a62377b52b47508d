import { type PointerEvent as ReactPointerEvent, useRef } from 'react'
import { useEntity } from '@/api/entities'
import { cx } from '@/ui/cx'
import { t } from '@/ui/text'
import { useTalk } from './context'
import { dayName } from './dates'
import { StoredMessage, UnsentMessage } from './Message'
import { useCallsMe } from './mentions'
import { RowBoundary } from './RowBoundary'
import type { Row } from './rows'

const LONG_PRESS_MS = 450
const WOBBLE_PX = 8

interface Props {
  row: Row
  lit: boolean
  /** The one row of the list that Tab reaches. */
  current: boolean
  editing: boolean
  marked: boolean
  onLight(key: string | null): void
  onFocus(key: string): void
}

/** One row of the list with what stands above it: the day, the "New" line. */
export function RowView(props: Props) {
  const { row, lit, current, editing, marked } = props
  const talk = useTalk()
  const press = useLongPress(() => row.id && talk.open(row.id))
  const callsMe = useCallsMe(row.id)
  return (
    <>
      {row.replies && <Replies rootId={talk.root} />}
      {row.day && <Day day={row.day} />}
      {row.fresh && <NewLine />}
      <div className={cx(row.first && (row.day || row.fresh ? 'pt-1' : 'pt-[11px]'))}>
        <article
          tabIndex={current ? 0 : -1}
          data-row={row.key}
          onFocus={() => props.onFocus(row.key)}
          onPointerEnter={(event) => event.pointerType === 'mouse' && props.onLight(row.key)}
          onPointerLeave={() => props.onLight(null)}
          {...press}
          className={cx(
            'group -mx-3 phone:-mx-2 relative grid grid-cols-[2.25rem_minmax(0,1fr)] gap-x-3.5 rounded-card px-3 py-[3px] outline-offset-0 transition-colors phone:gap-x-3 phone:px-2',
            row.first && 'pt-1',
            marked || callsMe ? 'bg-marigold-wash' : lit && 'bg-stone-3/62',
          )}
        >
          <RowBoundary subject={row}>
            {row.unsent ? (
              <UnsentMessage unsent={row.unsent} me={talk.me} first={row.first} />
            ) : (
              <StoredMessage id={row.id ?? ''} first={row.first} lit={lit} editing={editing} />
            )}
            {callsMe && <span className="sr-only">{t('messages.call.you')}</span>}
          </RowBoundary>
        </article>
      </div>
    </>
  )
}

/** No heading: a feed may hold articles only. */
function Day({ day }: { day: string }) {
  return (
    <p className="serif pt-4 pb-1.5 text-center text-[0.9375rem] text-ink-3 italic leading-5 font-regular">
      {dayName(day)}
    </p>
  )
}

function Replies({ rootId }: { rootId: string | null }) {
  const count = useEntity('thread', rootId)?.replies ?? 0
  if (count === 0) return null
  return (
    <div className="flex items-center gap-3 pt-3 pb-1 text-ink-3 text-tiny after:h-px after:flex-1 after:bg-line">
      {t('messages.thread.replies', { count })}
    </div>
  )
}

function NewLine() {
  return (
    <div className="-mx-3 phone:-mx-2 flex items-center gap-3 pt-3.5 font-semibold text-marigold-text text-tiny before:h-px before:flex-1 before:bg-linear-to-r before:from-transparent before:to-marigold/55 after:h-px after:w-3 after:bg-marigold/55">
      {t('messages.new')}
    </div>
  )
}

type Point = ReactPointerEvent<HTMLElement>

/** A finger that rests on a message opens its actions; one that scrolls does not. */
function useLongPress(run: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const start = useRef({ x: 0, y: 0 })
  const cancel = () => clearTimeout(timer.current)
  return {
    onPointerDown(event: Point) {
      if (event.pointerType === 'mouse') return
      start.current = { x: event.clientX, y: event.clientY }
      timer.current = setTimeout(run, LONG_PRESS_MS)
    },
    onPointerMove(event: Point) {
      const { x, y } = start.current
      if (Math.hypot(event.clientX - x, event.clientY - y) > WOBBLE_PX) cancel()
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
  }
}
