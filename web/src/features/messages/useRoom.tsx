import {
  lazy,
  type ReactNode,
  type RefObject,
  Suspense,
  useCallback,
  useMemo,
  useRef,
  useState,
} from 'react'
import { entities } from '@/api/entities'
import { newest } from '@/api/segments'
import type { Channel } from '@/api/types'
import { ActionSheet } from './ActionBar'
import type { Talk } from './context'
import { DeleteDialog } from './DeleteDialog'
import type { Writing } from './field'
import { timelineOf } from './timeline'

const ReactPicker = lazy(() =>
  import('./ReactPicker').then((part) => ({ default: part.ReactPicker })),
)

interface Options {
  channelId: string
  channel: Channel | undefined
  me: string
  line: string
  root: string | null
  field: RefObject<Writing | null>
  onThread(rootId: string): void
  onJump(id: string): void
}

interface Room {
  talk: Talk
  editing: string | null
  /** The message that is answered with what is written. */
  quoting: string | null
  /** What lies over the rows when it is asked for. */
  over: ReactNode
}

/** What the rows of a line of messages can ask for, in a place and in a thread alike. */
export function useRoom(options: Options): Room {
  const { channelId, channel, me, line, root, field, onThread, onJump } = options
  const [editing, setEditing] = useState<string | null>(null)
  const [removing, setRemoving] = useState<string | null>(null)
  const [opened, setOpened] = useState<string | null>(null)
  const [reacting, setReacting] = useState<string | null>(null)
  const [quoting, setQuoting] = useState<string | null>(null)
  const quote = useCallback(
    (id: string | null) => {
      setQuoting(id)
      field.current?.focus()
    },
    [field],
  )
  const row = useRef<HTMLElement>(null)
  const may = (permission: string) => channel?.permissions.includes(permission) ?? false
  const [moderates, writes] = [may('manage_messages'), may('post') && !channel?.archived]
  const edit = useCallback(
    (id: string | null) => {
      setEditing(id)
      if (id === null) field.current?.focus()
    },
    [field],
  )
  const talk: Talk = useMemo(
    () => ({
      ...{ channelId, line, root, me, moderates, writes, edit },
      remove: setRemoving,
      open: setOpened,
      thread: onThread,
      jump: onJump,
      quote,
      react: (id) => {
        row.current = rowOf(id)
        setReacting(id)
      },
    }),
    [channelId, line, root, me, moderates, writes, edit, onThread, onJump, quote],
  )
  const over = (
    <>
      <ActionSheet
        message={opened ? entities.get('message', opened) : undefined}
        onClose={() => setOpened(null)}
      />
      {reacting && (
        <Suspense>
          <ReactPicker id={reacting} me={me} anchor={row} onClose={() => setReacting(null)} />
        </Suspense>
      )}
      <DeleteDialog id={removing} onClose={() => setRemoving(null)} />
    </>
  )
  return { talk, editing, quoting, over }
}

/** The row one acts on: the one with the focus, else the one that shows this message. */
function rowOf(id: string): HTMLElement | null {
  const focused = document.activeElement?.closest<HTMLElement>('[data-row]')
  const key = entities.get('message', id)?.client_id || id
  return focused ?? document.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`)
}

/** My last message that still stands, in what is loaded of the present. */
export function lastOwn(line: string, me: string): string | null {
  const entries = newest(timelineOf(line).segments)?.entries ?? []
  const own = entries.findLast(({ id }) => {
    const message = entities.get('message', id)
    return message?.author_id === me && !message.deleted
  })
  return own?.id ?? null
}
