import type { ReactNode } from 'react'
import { usePerson } from '@/api/people'
import type { Message } from '@/api/types'
import { Avatar } from '@/ui/Avatar'
import { plainName } from '@/ui/names'
import { t } from '@/ui/text'
import { inFull, moment } from './dates'
import { useHushed } from './hushed'
import { plain } from './markdown'

interface Props {
  message: Message
  /** Where it was said, when the card stands elsewhere. */
  place?: string
  /** What else one can do with it. */
  children?: ReactNode
  onOpen(): void
}

/** A message out of its talk: a click goes there. */
export function MessageCard({ message, place, children, onOpen }: Props) {
  const person = usePerson(message.author_id)
  const name = person ? plainName(person.name) : t('messages.someone')
  const { folded } = useHushed(message.id, message.author_id)
  const at = message.position / 1000
  return (
    <li className="group/card flex items-start gap-1 rounded-card transition-colors hover:bg-stone-3 focus-within:bg-stone-3">
      <button
        type="button"
        onClick={onOpen}
        className="flex min-w-0 flex-1 items-start gap-3 rounded-card px-3 py-2.5 text-left"
      >
        <Avatar
          person={{ id: message.author_id, name, avatar: person?.avatar ?? null }}
          size={28}
        />
        <span className="min-w-0 flex-1">
          <span className="flex min-w-0 items-baseline gap-2">
            <bdi className="truncate font-strong text-ink-1">{name}</bdi>
            <time title={inFull(at)} className="shrink-0 text-ink-3 text-tiny tabular-nums">
              {moment(at)}
            </time>
            {place && <bdi className="truncate text-ink-3 text-tiny">{place}</bdi>}
          </span>
          <span dir="auto" className="line-clamp-3 break-words text-ink-2">
            {message.deleted
              ? t('messages.deleted')
              : folded
                ? t('messages.hushed')
                : plain(message.text) || t('messages.quote.wordless')}
          </span>
        </span>
      </button>
      {children}
    </li>
  )
}
