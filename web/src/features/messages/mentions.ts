import { useEntity } from '@/api/entities'
import { useSession } from '@/api/session'
import { useMyRoles } from '@/features/groups/api'
import { EVERYONE, MENTION, parse } from './markdown'

/** Whom a text calls, as the server reads it: by name, by role, all who are here or follow. */
export interface Called {
  users: ReadonlySet<string>
  roles: ReadonlySet<string>
  here: boolean
  channel: boolean
}

const NOBODY: Called = { users: new Set(), roles: new Set(), here: false, channel: false }
const MOST_KEPT = 600
const kept = new Map<string, Called>()

/** Whom this text calls. What stands in code calls nobody. */
export function called(text: string): Called {
  if (!text.includes('@')) return NOBODY
  const known = kept.get(text)
  if (known) return known
  const found = read(text)
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value as string)
  kept.set(text, found)
  return found
}

function read(text: string): Called {
  const [users, roles] = [new Set<string>(), new Set<string>()]
  const words = new Set<string | undefined>()
  for (const token of parse(text).flatMap(({ children }) => children ?? [])) {
    if (token.type === 'text') {
      for (const [, word] of token.content.matchAll(EVERYONE)) words.add(word)
    } else if (token.type === 'link_open') {
      const [, kind, id = ''] = MENTION.exec(String(token.attrGet('href'))) ?? []
      if (kind === 'user') users.add(id)
      if (kind === 'role') roles.add(id)
    }
  }
  return { users, roles, here: words.has('here'), channel: words.has('channel') }
}

/** Whether a message calls me: by name, by a role of mine, with everybody. */
export function useCallsMe(id: string | null): boolean {
  const message = useEntity('message', id)
  const place = useEntity('channel', message?.channel_id ?? null)
  const me = useSession().me?.id ?? ''
  const others = message && !message.deleted && message.author_id !== me
  const call = others && typeof message.text === 'string' ? called(message.text) : NOBODY
  const mine = useMyRoles(place?.group_id ?? '', me, call.roles.size > 0)
  return (
    call.users.has(me) || call.here || call.channel || mine.some((role) => call.roles.has(role))
  )
}
