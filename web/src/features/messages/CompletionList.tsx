import { AtSign, Hash, Users } from 'lucide-react'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { ChannelIcon } from '@/features/channels/ChannelIcon'
import { Avatar } from '@/ui/Avatar'
import { cx } from '@/ui/cx'
import { Marked } from '@/ui/Marked'
import { t } from '@/ui/text'
import type { Found, Query, Suggestion } from './completion'

interface Props {
  id: string
  sign: Query['sign']
  found: readonly Found[]
  current: number
  /** The field with all around it; the list stands over it, or under it where there is more room. */
  frame: RefObject<HTMLElement | null>
  onChoose(found: Found): void
  onPoint(at: number): void
}

const ROOM_PX = 12
const HEAD_PX = 60

/** Whom or what one may mean. The focus stays in the field. */
export function CompletionList({ id, sign, found, current, frame, onChoose, onPoint }: Props) {
  const list = useRef<HTMLDivElement>(null)
  const { above, most } = useRoomFor(frame, found.length)
  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <>
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={t(sign === '@' ? 'messages.call.people' : 'messages.call.places')}
        style={{ maxHeight: most }}
        className={cx(
          'absolute inset-x-0 z-20 overflow-y-auto overscroll-contain rounded-menu float-surface p-1.5',
          above ? 'bottom-full mb-2' : 'top-full mt-2',
        )}
      >
        {found.map((one, at) => (
          <Option
            key={one.item.key}
            id={`${id}-${at}`}
            found={one}
            chosen={at === current}
            onChoose={() => onChoose(one)}
            onPoint={() => onPoint(at)}
          />
        ))}
      </div>
      <span role="status" className="sr-only">
        {t('messages.call.count', { count: found.length })}
      </span>
    </>
  )
}

interface OptionProps {
  id: string
  found: Found
  chosen: boolean
  onChoose(): void
  onPoint(): void
}

function Option({ id, found, chosen, onChoose, onPoint }: OptionProps) {
  const { item, match } = found
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      // The field keeps the focus, and with it the keyboard of a phone.
      onMouseDown={(event) => event.preventDefault()}
      onPointerMove={(event) => event.pointerType === 'mouse' && !chosen && onPoint()}
      onClick={onChoose}
      className={cx(
        'flex min-h-10 cursor-default select-none items-center gap-3 rounded-row px-2.5 py-1 pointer-coarse:min-h-11',
        chosen && 'bg-stone-4',
      )}
    >
      <Face item={item} />
      <span
        dir="auto"
        className={cx('min-w-0 truncate', item.beside ? 'text-ink-2' : 'text-ink-1')}
      >
        {item.kind === 'everyone' && '@'}
        <Marked text={item.text} hits={match.hits} />
      </span>
      <span dir="auto" className="min-w-0 flex-1 truncate text-ink-3 text-small">
        {item.note}
      </span>
    </div>
  )
}

function Face({ item }: { item: Suggestion }) {
  if (item.user) return <Avatar person={item.user} size={24} />
  const Icon = item.kind === 'role' ? Users : item.kind === 'channel' ? Hash : AtSign
  return (
    <span className="grid size-6 shrink-0 place-items-center text-ink-3">
      {item.channel ? <ChannelIcon channel={item.channel} /> : <Icon size={18} aria-hidden />}
    </span>
  )
}

/** On which side of the field there is room, and how much: a feed cuts off what leaves it. */
function useRoomFor(frame: RefObject<HTMLElement | null>, rows: number) {
  const [room, setRoom] = useState({ above: true, most: 320 })
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when the list changes
  useLayoutEffect(() => {
    const area = frame.current
    if (!area) return
    const feed = area.closest('[role=feed]')?.parentElement?.getBoundingClientRect()
    const { top, bottom } = area.getBoundingClientRect()
    const over = top - (feed?.top ?? HEAD_PX) - ROOM_PX
    const under = (feed?.bottom ?? innerHeight) - bottom - ROOM_PX
    const above = over >= Math.min(320, under)
    setRoom({ above, most: Math.min(352, Math.max(132, above ? over : under)) })
  }, [frame, rows])
  return room
}
