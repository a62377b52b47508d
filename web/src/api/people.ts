import { useCallback, useEffect } from 'react'
import { api, unwrap } from './client'
import { streams } from './connection'
import { entities, useAll, useEntity } from './entities'
import { places } from './places'
import { useSession } from './session'
import type { Me, User } from './types'

const GATHER_MS = 20
const MOST = 100

const wanted = new Set<string>()
let timer: ReturnType<typeof setTimeout> | undefined

/** The version rows about people have when they are asked for now. */
export function peopleVersion(): number {
  const workspace = places.get().workspaceId
  return (workspace && streams.seq(workspace)) || 0
}

/** Puts people from a list answer in the store; `version` was read before they were asked for. */
export function takePeople(users: readonly User[], version: number): void {
  for (const user of users) entities.put('user', user, version)
}

/** A person by id; one that is not here yet is asked for together with its neighbours. */
export function usePerson(id: string): User | undefined {
  const person = useEntity('user', id)
  const { me } = useSession()
  const mine = me?.id === id
  useEffect(() => {
    if (!person && !mine) want(id)
  }, [person, mine, id])
  return person ?? (mine ? asUser(me) : undefined)
}

/** Several people by id, in this order; those who are not here yet come when they are. */
export function usePersons(ids: readonly string[]): User[] {
  const key = ids.join()
  const { me } = useSession()
  const select = useCallback(
    (all: readonly User[]) => {
      const known = new Map(all.map((one) => [one.id, one]))
      const own = me && !known.has(me.id) ? asUser(me) : undefined
      return key.split(',').flatMap((id) => known.get(id) ?? (own && own.id === id ? own : []))
    },
    [key, me],
  )
  useEffect(() => {
    for (const id of key.split(',')) if (id && !entities.get('user', id)) want(id)
  }, [key])
  return useAll('user', select)
}

// Who one is is known without asking, also without a line.
function asUser({ id, name, title, avatar, status, dnd }: Me): User {
  return { id, name, title, avatar, kind: 'human', active: true, status, dnd }
}

/** Somebody of a list as they are now: the list may be older than their new name or picture. */
export function usePresent(person: User): User {
  return useEntity('user', person.id) ?? person
}

function want(id: string): void {
  wanted.add(id)
  if (timer === undefined) timer = setTimeout(() => void ask(), GATHER_MS)
}

async function ask(): Promise<void> {
  timer = undefined
  const ids = [...wanted].slice(0, MOST)
  for (const id of ids) wanted.delete(id)
  if (wanted.size > 0) timer = setTimeout(() => void ask(), GATHER_MS)
  const version = peopleVersion()
  try {
    takePeople(await unwrap(api.GET('/api/users', { params: { query: { id: ids } } })), version)
  } catch {
    // Asked again when the row is shown again; until then it says "someone".
  }
}
