import { AtSign, Hash, Users } from 'lucide-react'
import {
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { ChannelIcon } from '@/features/channels/ChannelIcon'
import { Avatar } from '@/ui/Avatar'
import { cx } from '@/ui/cx'
import { Marked } from '@/ui/Marked'
import { t } from '@/ui/text'
import type { Found, Query, Suggestion } from './completion'
import type { Press } from './field'
import { suggest } from './suggest'
import { useSuggestions } from './useSuggestions'

interface Props {
  id: string
  channelId: string
  line: string
  query: Query
  /** The field with all around it; the list stands over it, or under it where there is more room. */
  frame: RefObject<HTMLElement | null>
  /** Hears the keys of the field first; true when one was for the list. */
  keys: Ref<(event: Press) => boolean>
  /** The option Enter would choose; null when there is none. */
  onCurrent(id: string | null): void
  onChoose(item: Suggestion): void
  onLeave(): void
}

const ROOM_PX = 12
const HEAD_PX = 60
const MOST_PX = 376

/** Whom or what one may mean. The focus stays in the field. */
export function CompletionList(props: Props) {
  const { id, channelId, line, query, frame, keys, onCurrent, onChoose, onLeave } = props
  const suggestions = useSuggestions(channelId, line, query.sign)
  const found = useMemo(
    () => suggest(suggestions, query.typed, Date.now()),
    [suggestions, query.typed],
  )
  const [at, setAt] = useState({ typed: '', at: 0 })
  // With every letter the best stands first again.
  const current = at.typed === query.typed ? Math.min(at.at, found.length - 1) : 0
  const point = (next: number) => setAt({ typed: query.typed, at: next })
  useImperativeHandle(keys, () => (event) => {
    const one = found[current]
    if (!one || event.shiftKey || event.altKey || event.metaKey || event.ctrlKey) return false
    if (event.key === 'ArrowDown') point((current + 1) % found.length)
    else if (event.key === 'ArrowUp') point((current + found.length - 1) % found.length)
    else if (event.key === 'Enter' || event.key === 'Tab') onChoose(one.item)
    else if (event.key === 'Escape') onLeave()
    else return false
    event.preventDefault()
    return true
  })
  const any = found.length > 0
  useEffect(() => {
    onCurrent(any ? `${id}-${current}` : null)
    return () => onCurrent(null)
  }, [id, any, current, onCurrent])
  if (!any) return null
  return <Options {...{ id, frame, found, current, onChoose }} sign={query.sign} onPoint={point} />
}

interface OptionsProps extends Pick<Props, 'id' | 'frame' | 'onChoose'> {
  sign: Query['sign']
  found: readonly Found[]
  current: number
  onPoint(at: number): void
}

function Options({ id, sign, found, current, frame, onChoose, onPoint }: OptionsProps) {
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
            onChoose={() => onChoose(one.item)}
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
    setRoom({ above, most: Math.min(MOST_PX, Math.max(132, above ? over : under)) })
  }, [frame, rows])
  return room
}
