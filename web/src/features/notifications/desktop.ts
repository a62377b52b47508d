import { api, unwrap } from '@/api/client'
import { entities } from '@/api/entities'
import type { Told } from '@/api/types'
import { desktopWords } from '@/features/accounts/desktop'
import { isConversation } from '@/features/channels/conversations'
import { plainName } from '@/ui/names'
import { t } from '@/ui/text'
import { wordsOf } from './api'
import { type DeskWays, mayShow } from './mayShow'
import { plainly } from './plain'
import { sentence } from './say'

/** So long another tab has to say that somebody is looking at it there. */
const LOOK_MS = 200
/** So long no other tab shows the same, however late it hears. */
const HOLD_MS = 20_000
const LONGEST = 200

/** What this tab shows or is about to. */
const here = new Map<string, Notification | null>()
const seen = new Set<string>()
const tabs = new BroadcastChannel('courtyard.desktop')
tabs.onmessage = ({ data }: MessageEvent<{ seen: string }>) => {
  seen.add(data.seen)
  close(data.seen)
}

/** Shows what somebody was told of, in one tab, unless it is on screen in any. */
export async function show(told: Told, ways: DeskWays): Promise<void> {
  if (looksAt(told, ways)) {
    seen.add(told.id)
    tabs.postMessage({ seen: told.id })
    return
  }
  here.set(told.id, null)
  await wait(LOOK_MS)
  await navigator.locks.request(
    `courtyard.desktop.${told.id}`,
    { ifAvailable: true },
    async (lock) => {
      if (!lock) return
      const words = await wordsFor(told)
      // Read, seen, or quiet asked for while the words were fetched.
      if (!here.has(told.id) || seen.has(told.id) || !mayShow(told)) return
      open(told, words, ways)
      await wait(HOLD_MS)
    },
  )
  if (here.get(told.id) === null) here.delete(told.id)
}

/** Closes all that is shown but these, which are unread. */
export function keep(unread: readonly string[]): void {
  for (const id of [...here.keys()]) if (!unread.includes(id)) close(id)
}

/** Closes one. */
export function close(id: string): void {
  here.get(id)?.close()
  here.delete(id)
}

/** Whether it happens before one's eyes: the page is to be seen, at this place, at this thread. */
function looksAt({ place_id, thread_id }: Told, ways: DeskWays): boolean {
  if (document.visibilityState !== 'visible' || place_id === null) return false
  const open = ways.here()
  if (open.channelId !== place_id) return false
  return thread_id === null || (open.thread !== null && open.thread === rootOf(thread_id))
}

function rootOf(threadId: string): string | null {
  return entities.all('thread').find(({ id }) => id === threadId)?.root_id ?? null
}

interface Words {
  title: string
  body: string
}

async function wordsFor(told: Told): Promise<Words> {
  const message = told.object_kind === 'message'
  const bare = {
    title: t(message ? 'notifications.desktop.bare' : 'notifications.desktop.other'),
    body: '',
  }
  if (!desktopWords.get()) return bare
  try {
    const [name, text] = await Promise.all([
      nameOf(told.actor_id),
      message ? wordsOf(told.object_id) : '',
    ])
    const place = entities.get('channel', told.place_id ?? '')
    const where = place && !isConversation(place) ? place.name : null
    return {
      title: sentence(told.why, name, where),
      body: plainly(text ?? '').slice(0, LONGEST),
    }
  } catch {
    return bare
  }
}

async function nameOf(id: string): Promise<string> {
  const known = entities.get('user', id)
  if (known) return plainName(known.name)
  const [found] = await unwrap(api.GET('/api/users', { params: { query: { id: [id] } } }))
  return found ? plainName(found.name) : t('notifications.somebody')
}

function open(told: Told, { title, body }: Words, ways: DeskWays): void {
  const icon = '/icons/app-192.png'
  const shown = new Notification(title, { body, icon, tag: told.id, silent: true })
  here.set(told.id, shown)
  shown.onclick = () => {
    focus()
    close(told.id)
    void goTo(told, ways)
  }
  shown.onclose = () => here.delete(told.id)
}

async function goTo({ place_id, thread_id, object_kind, object_id }: Told, ways: DeskWays) {
  if (!place_id) return
  const root = thread_id && (rootOf(thread_id) ?? (await askRoot(thread_id)))
  if (root) ways.go(place_id, { thread: root })
  else ways.go(place_id, object_kind === 'message' ? { m: object_id } : {})
}

/** Among the threads one follows it is one of the last answered. */
async function askRoot(threadId: string): Promise<string | null> {
  const page = await unwrap(api.GET('/api/threads')).catch(() => null)
  return page?.threads.find(({ thread }) => thread.id === threadId)?.thread.root_id ?? null
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
