import { reloadPlaces, startLive } from '@/api/connection'
import { keepDraftsNow, syncDrafts } from '@/api/drafts'
import { entities } from '@/api/entities'
import { session, updateMe } from '@/api/session'
import type { Ephemeral, EventOf, EventType, StreamEvent } from '@/api/types'
import { blockChanged, clearBlocks, loadBlocks } from '@/features/accounts/blocks'
import { channelEvents, reloadSoon } from '@/features/channels/live'
import { messageEvents, posted } from '@/features/messages/live'
import { markMoved } from '@/features/messages/read'
import { clearSaved, loadSaved } from '@/features/messages/saved'
import { clearThreadStates, loadThreadStates } from '@/features/messages/threadState'
import { clear, keepNow, reset } from '@/features/messages/timeline'
import { deskGone, deskRead, deskTold } from '@/features/notifications/desk'
import { notificationEvents } from '@/features/notifications/live'
import { clearPresence, presenceNews, presenceOnline, watchInput } from '@/features/presence/live'
import { queryClient } from './query'

type Handlers = { [T in EventType]: (event: EventOf<T>, stream: string) => void }
type EphemeralHandlers = {
  [T in Ephemeral['type']]: (item: Extract<Ephemeral, { type: T }>, stream: string) => void
}

const invalidate = (...queryKey: string[]) => void queryClient.invalidateQueries({ queryKey })

const GATHER_MS = 150
let gathering: ReturnType<typeof setTimeout> | undefined
let listing: typeof gathering
let asking: typeof gathering

/** Several come in one breath; the inbox is asked once. */
function activitySoon(): void {
  clearTimeout(gathering)
  gathering = setTimeout(() => invalidate('activity'), GATHER_MS)
}

/** The list of threads is asked again while it is on the screen. */
function inboxSoon(): void {
  clearTimeout(listing)
  listing = setTimeout(() => invalidate('threads'), GATHER_MS)
}

/** A thread went on, perhaps in a place whose events do not come here. */
function threadsSoon(): void {
  clearTimeout(asking)
  asking = setTimeout(() => void loadThreadStates(), GATHER_MS)
  inboxSoon()
}

/** Every stored event has a handler: a new type of the server does not compile without one. */
const handlers: Handlers = {
  ...messageEvents,
  ...notificationEvents,
  ...channelEvents,
  'notification.added': ({ notification }) => {
    activitySoon()
    if (notification.thread_id) threadsSoon()
    deskTold(notification)
  },
  'notification.read': ({ unread }) => {
    activitySoon()
    deskRead(unread)
  },
  'notification.removed': ({ id }) => {
    activitySoon()
    deskGone(id)
  },
  'thread.updated': (event) => {
    messageEvents['thread.updated'](event)
    inboxSoon()
  },
  'thread.followed': (event) => {
    messageEvents['thread.followed'](event)
    inboxSoon()
  },
  'group.updated': ({ group }) => entities.patch('group', group.id, group),
  'member.joined': (_event, stream) => invalidate('group', stream),
  'member.left': (_event, stream) => invalidate('group', stream),
  'roles.changed': (_event, stream) => {
    invalidate('group', stream)
    reloadSoon()
  },
  'member.changed': ({ user_id }, stream) => {
    invalidate('group', stream)
    if (user_id === session.get().me?.id) void reloadPlaces()
  },
  'block.changed': (event) => void blockChanged(event),
  'quiet.changed': ({ dnd, dnd_until, quiet_hours }) => {
    const { me } = session.get()
    if (me) updateMe({ ...me, dnd, dnd_until, quiet_hours })
  },
  'user.updated': ({ user, seq }) => {
    entities.put('user', user, seq)
    const { me } = session.get()
    if (me?.id === user.id) {
      const { name, title, avatar, status, dnd } = user
      updateMe({ ...me, name, title, avatar, status, dnd })
    }
  },
}

const ephemeral: EphemeralHandlers = {
  ...presenceNews,
  'read.marked': ({ channel_id, position, back }) => markMoved(channel_id, position, back ?? false),
}

/** Events of types this version does not know. */
const unknown = { events: 0 }

/** Starts following the session with all slices' handlers. Call once, before the first render. */
export function startApp(): void {
  watchInput()
  addEventListener('pagehide', () => {
    keepNow()
    keepDraftsNow()
  })
  addEventListener('online', () => void syncDrafts())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') keepDraftsNow()
  })
  startLive({
    event: (event, stream) => dispatch(handlers, event, stream),
    ephemeral: (item, stream) => dispatch(ephemeral, item, stream),
    posted: (message) => posted(message, message.seq),
    reset,
    gone: reset,
    startAfresh: () => {
      clear()
      clearThreadStates()
      clearSaved()
      clearBlocks()
      queryClient.clear()
      clearPresence()
    },
    online: () => {
      presenceOnline()
      void loadThreadStates()
      void loadSaved()
      void syncDrafts()
      void loadBlocks().catch(() => undefined)
    },
  })
}

function dispatch(
  table: Handlers | EphemeralHandlers,
  item: StreamEvent | Ephemeral,
  stream: string,
): void {
  // A newer server may send types this page has never heard of.
  const handler = (table as Record<string, ((item: unknown, stream: string) => void) | undefined>)[
    item.type
  ]
  if (handler) handler(item, stream)
  else unknown.events += 1
}
