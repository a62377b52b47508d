import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { entities, useEntity } from '@/api/entities'
import { useUnsent } from '@/api/outbox'
import { newest } from '@/api/segments'
import { useSession } from '@/api/session'
import type { Channel } from '@/api/types'
import { outbox } from '@/api/unsent'
import { DropTarget } from '@/features/files/DropTarget'
import { ActionSheet } from './ActionBar'
import { Composer } from './Composer'
import { type Talk, TalkContext } from './context'
import { DeleteDialog } from './DeleteDialog'
import { ReadOnly } from './ReadOnly'
import { Stretch } from './Stretch'
import { TypingLine } from './TypingLine'
import { type Focus, timelineOf } from './timeline'

interface Props {
  channelId: string
  /** What the place is called, when it has no name of its own. */
  name?: string
  /** A message to open at and highlight (`?m=` of a permalink). */
  anchor?: string | null | undefined
}

/** A place's talk: the list, the composer, who is typing. Fills the sheet under the header. */
export function Conversation({ channelId, anchor, name }: Props) {
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
    />
  )
}

interface InsideProps {
  channelId: string
  channel: Channel | undefined
  name: string | null
  me: string
  anchor: string | null
}

function Inside({ channelId, channel, name, me, anchor }: InsideProps) {
  const [focus, setFocus] = useState<Focus>(anchor ? { at: 'message', id: anchor } : { at: 'end' })
  const [editing, setEditing] = useState<string | null>(null)
  const [removing, setRemoving] = useState<string | null>(null)
  const [opened, setOpened] = useState<string | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const unsent = useUnsent(outbox, channelId)
  const may = (permission: string) => channel?.permissions.includes(permission) ?? false
  const [moderates, writes] = [may('manage_messages'), may('post') && !channel?.archived]
  const edit = useCallback((id: string | null) => {
    setEditing(id)
    if (id === null) field.current?.focus()
  }, [])
  const talk: Talk = useMemo(
    () => ({ channelId, me, moderates, writes, edit, remove: setRemoving, open: setOpened }),
    [channelId, me, moderates, writes, edit],
  )
  useTyped(field)
  const present = useCallback(() => setFocus({ at: 'end' }), [])
  return (
    <TalkContext value={talk}>
      <div className="relative flex min-h-0 flex-1 flex-col">
        {writes && <DropTarget place={channelId} name={name} />}
        <Stretch {...{ name, focus, unsent, editing, anchor, onFocus: setFocus }} />
        <div className="mx-auto w-full max-w-[52rem] px-6 phone:px-3">
          {channel && !writes ? (
            <ReadOnly archived={channel.archived} />
          ) : (
            <Composer
              channelId={channelId}
              name={name}
              field={field}
              onSent={present}
              onEditLast={() => setEditing(lastOwn(channelId, me))}
            />
          )}
          <TypingLine channelId={channelId} me={me} />
        </div>
      </div>
      <ActionSheet
        message={opened ? entities.get('message', opened) : undefined}
        onClose={() => setOpened(null)}
      />
      <DeleteDialog id={removing} onClose={() => setRemoving(null)} />
    </TalkContext>
  )
}

/** My last message that still stands, in what is loaded of the present. */
function lastOwn(channelId: string, me: string): string | null {
  const entries = newest(timelineOf(channelId).segments)?.entries ?? []
  const own = entries.findLast(({ id }) => {
    const message = entities.get('message', id)
    return message?.author_id === me && !message.deleted
  })
  return own?.id ?? null
}

/** Typing anywhere on the page writes in the field, as if it had been there all along. */
function useTyped(field: React.RefObject<HTMLTextAreaElement | null>): void {
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
