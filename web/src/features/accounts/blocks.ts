import { useSyncExternalStore } from 'react'
import { api, unwrap } from '@/api/client'
import { reloadPlaces } from '@/api/connection'
import { device } from '@/api/device'
import { places } from '@/api/places'
import { cell, useCell } from '@/api/store'

const SHELF = 'blocks'

/** The ids of those I block, the newest first; null until anybody knows. */
const blocked = cell<readonly string[] | null>(null)

/** All of them, for a list; null until it is known. */
export function useBlocks(): readonly string[] | null {
  return useCell(blocked)
}

/** Whether I block this person. */
export function isBlocked(id: string): boolean {
  return blocked.get()?.includes(id) ?? false
}

/** The same, re-rendering when it changes. */
export function useBlocked(id: string): boolean {
  return useSyncExternalStore(blocked.subscribe, () => isBlocked(id))
}

/** Asks whom I block; throws when nobody answers. */
export async function loadBlocks(): Promise<void> {
  const found = await unwrap(api.GET('/api/me/blocks'))
  take(found.map(({ user_id }) => user_id))
}

/** Blocks somebody; throws when that is refused. */
export async function block(id: string): Promise<void> {
  await unwrap(api.PUT('/api/me/blocks/{user_id}', { params: { path: { user_id: id } } }))
  put(id, true)
}

/** Takes a block back; throws when nobody answers. */
export async function unblock(id: string): Promise<void> {
  await unwrap(api.DELETE('/api/me/blocks/{user_id}', { params: { path: { user_id: id } } }))
  await blockChanged({ user_id: id, blocked: false })
}

/** Somebody was blocked or let go, here or on another device. */
export async function blockChanged(news: { user_id: string; blocked: boolean }): Promise<void> {
  // First what one may do there now, so that the field is back when the words over it go.
  if (!news.blocked) await reloadPlaces().catch(() => undefined)
  put(news.user_id, news.blocked)
}

/** Nobody is here any more. */
export function clearBlocks(): void {
  blocked.set(null)
}

function put(id: string, on: boolean): void {
  const known = blocked.get() ?? []
  if (on !== known.includes(id)) take(on ? [id, ...known] : known.filter((one) => one !== id))
}

function take(ids: readonly string[]): void {
  blocked.set(ids)
  void device
    .shelf('places')
    .put(SHELF, ids)
    .catch(() => undefined)
}

// What this device kept is shown before the line is up: whom one blocks must not flash by.
places.subscribe(() => {
  if (places.get().state !== 'kept' || blocked.get()) return
  void device
    .shelf('places')
    .get<string[]>(SHELF)
    .then(
      (ids) => ids && blocked.get() === null && blocked.set(ids),
      () => undefined,
    )
})
