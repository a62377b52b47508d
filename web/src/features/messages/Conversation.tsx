import { useEffect, useRef, useState } from 'react'
import { useEntity } from '@/api/entities'
import { useSession } from '@/api/session'
import type { Channel } from '@/api/types'
import { DropTarget } from '@/features/files/DropTarget'
import { Composer } from './Composer'
import { TalkContext } from './context'
import type { Writing } from './field'
import type { Focus } from './lines'
import { QuoteLine } from './Quote'
import { ReadOnly } from './ReadOnly'
import { Stretch } from './Stretch'
import { TypingLine } from './TypingLine'
import { useUnsentIn } from './unsentIn'
import { lastOwn, useRoom } from './useRoom'

interface Props {
  channelId: string
  /** What the place is called, when it has no name of its own. */
  name?: string
  /** A message to open at and highlight (`?m=` of a permalink). */
  anchor?: string | null | undefined
  /** Opens the thread of a message. */
  onThread(rootId: string, reply?: string): void
  /** Goes to a message of this place. */
  onJump(id: string): void
}

/** A place's talk: the list, the composer, who is typing. Fills the sheet under the header. */
export function Conversation({ channelId, anchor, name, onThread, onJump }: Props) {
  const { me } = useSession()
  const channel = useEntity('channel', channelId)
  if (!me) return null
  // A new place or anchor is a new beginning: nothing of the last view may linger.
  return (
    <Inside
      key={`${channelId} ${anchor ?? ''}`}
      channelId={channelId}
      channel={channel}
      name={name ?? channel?.name ?? null}
      me={me.id}
      anchor={anchor ?? null}
      onThread={onThread}
      onJump={onJump}
    />
  )
}

interface InsideProps {
  channelId: string
  channel: Channel | undefined
  name: string | null
  me: string
  anchor: string | null
  onThread(rootId: string, reply?: string): void
  onJump(id: string): void
}

function Inside({ channelId, channel, name, me, anchor, onThread, onJump }: InsideProps) {
  const [focus, setFocus] = useState<Focus>(anchor ? { at: 'message', id: anchor } : { at: 'end' })
  const field = useRef<Writing>(null)
  const unsent = useUnsentIn(channelId, null)
  const line = channelId
  const room = useRoom({ channelId, channel, me, line, root: null, field, onThread, onJump })
  const { talk, editing, quoting } = room
  useTyped(field)
  const sent = () => {
    setFocus({ at: 'end' })
    if (quoting) talk.quote(null)
  }
  return (
    <TalkContext value={talk}>
      <div className="relative flex min-h-0 flex-1 flex-col">
        {talk.writes && <DropTarget place={channelId} name={name} />}
        <Stretch {...{ name, focus, unsent, editing, anchor, onFocus: setFocus }} />
        <div className="mx-auto w-full max-w-[52rem] px-6 phone:px-3">
          {channel && !talk.writes ? (
            <ReadOnly channel={channel} />
          ) : (
            <Composer
              channelId={channelId}
              name={name}
              field={field}
              onSent={sent}
              {...(quoting
                ? {
                    more: { reply_to: quoting },
                    above: <QuoteLine id={quoting} onCancel={() => talk.quote(null)} />,
                  }
                : {})}
              onEditLast={() => talk.edit(lastOwn(line, me))}
            />
          )}
          <TypingLine channelId={channelId} me={me} />
        </div>
      </div>
      {room.over}
    </TalkContext>
  )
}

/** Typing anywhere on the page writes in the field, as if it had been there all along. */
function useTyped(field: React.RefObject<Writing | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
      if (
        plain &&
        event.key !== ' ' &&
        event.key !== '?' &&
        document.activeElement === document.body
      ) {
        field.current?.focus()
      }
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [field])
}
