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
import { useBlocked } from '@/features/accounts/blocks'
import { ActionSheet } from './ActionBar'
import type { Talk } from './context'
import { DeleteDialog } from './DeleteDialog'
import type { Writing } from './field'
import { partner } from './hushed'
import { timelineOf } from './timeline'

const ForwardDialog = lazy(() =>
  import('./ForwardDialog').then((part) => ({ default: part.ForwardDialog })),
)
const HistoryDialog = lazy(() =>
  import('./HistoryDialog').then((part) => ({ default: part.HistoryDialog })),
)
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
  onThread(rootId: string, reply?: string): void
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
  const [asked, setAsked] = useState<Asked | null>(null)
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
  const other = partner(channel, me)
  const closed = useBlocked(other ?? '') || channel?.archived
  const [moderates, writes] = [may('manage_messages'), may('post') && !closed]
  const folds = other === null
  const edit = useCallback(
    (id: string | null) => {
      setEditing(id)
      if (id === null) field.current?.focus()
    },
    [field],
  )
  const talk: Talk = useMemo(
    () => ({
      ...{ channelId, line, root, me, folds, moderates, writes, edit },
      remove: (id) => setAsked({ what: 'remove', id }),
      open: (id) => setAsked({ what: 'open', id }),
      forward: (id) => setAsked({ what: 'forward', id }),
      history: (id) => setAsked({ what: 'history', id }),
      thread: onThread,
      jump: onJump,
      quote,
      react: (id) => {
        row.current = rowOf(id)
        setAsked({ what: 'react', id })
      },
    }),
    [channelId, line, root, me, folds, moderates, writes, edit, onThread, onJump, quote],
  )
  const over = <Over asked={asked} me={me} row={row} onClose={() => setAsked(null)} />
  return { talk, editing, quoting, over }
}

/** What one asked for with a message. */
interface Asked {
  what: 'remove' | 'open' | 'react' | 'forward' | 'history'
  id: string
}

interface OverProps {
  asked: Asked | null
  me: string
  row: RefObject<HTMLElement | null>
  onClose(): void
}

/** The one thing that lies over the rows. */
function Over({ asked, me, row, onClose }: OverProps) {
  const idOf = (what: Asked['what']) => (asked?.what === what ? asked.id : null)
  const [opened, reacting] = [idOf('open'), idOf('react')]
  const [forwarding, history] = [idOf('forward'), idOf('history')]
  return (
    <>
      <ActionSheet
        message={opened ? entities.get('message', opened) : undefined}
        onClose={onClose}
      />
      <Suspense>
        {reacting && <ReactPicker id={reacting} me={me} anchor={row} onClose={onClose} />}
        {forwarding && <ForwardDialog id={forwarding} onClose={onClose} />}
        {history && <HistoryDialog id={history} onClose={onClose} />}
      </Suspense>
      <DeleteDialog id={idOf('remove')} onClose={onClose} />
    </>
  )
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
