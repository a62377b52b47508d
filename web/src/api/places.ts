import { ApiError, api, unwrap } from './client'
import { device } from './device'
import { entities } from './entities'
import { isMarking } from './marks'
import { cell, useCell } from './store'
import type { HeadNews } from './sync'
import type { Channel, Places } from './types'

/** How far the sidebar's data is. `kept` is the last state from this device, not yet confirmed. */
export interface PlacesState {
  state: 'loading' | 'kept' | 'ready' | 'failed'
  workspaceId: string | null
  /** Counts every answer, so that views may tell a reload from a change. */
  round: number
  problem: ApiError | null
}

const EMPTY: PlacesState = { state: 'loading', workspaceId: null, round: 0, problem: null }

/** The state of the sidebar's data; the objects themselves live in `entities`. */
export const places = cell<PlacesState>(EMPTY)

/** The state of the sidebar's data, re-rendering when it changes. */
export function usePlaces(): PlacesState {
  return useCell(places)
}

/** Asks for all places; the caller decides what the heads mean. */
export async function fetchPlaces(): Promise<Places> {
  try {
    return await unwrap(api.GET('/api/places'))
  } catch (problem) {
    const known = places.get()
    if (problem instanceof ApiError) {
      places.set({ ...known, state: known.workspaceId ? known.state : 'failed', problem })
    }
    throw problem
  }
}

/** The channels as they stand, without those whose mark is on its way to the server. */
export function standing(): ReadonlyMap<string, Channel> {
  const sure = entities.all('channel').filter(({ id }) => !isMarking(id))
  return new Map(sure.map((channel) => [channel.id, channel]))
}

/** A channel has moved on at least this far. */
export function takeHead(channelId: string, news: HeadNews): void {
  const known = entities.get('channel', channelId)
  if (!known) return
  entities.patch('channel', channelId, {
    head: Math.max(known.head, news.seq),
    last_position: Math.max(known.last_position, news.position),
    read_position: Math.max(known.read_position, news.read_position ?? 0),
    mentions: news.mentions ?? known.mentions,
  })
}

/** What was heard and read while the answer was on its way is newer than the answer. */
function newest(told: Channel, asked: Channel | undefined): Channel {
  const known = entities.get('channel', told.id)
  if (!known) return told
  const read = known.read_position === asked?.read_position ? told : known
  const called = known.mentions === asked?.mentions ? told : known
  return {
    ...told,
    head: Math.max(known.head, told.head),
    last_position: Math.max(known.last_position, told.last_position),
    read_position: read.read_position,
    mentions: called.mentions,
  }
}

/**
 * Puts an answer in the store. `asked` is how the channels stood when the question went out.
 * Channels in `open` stay even when no longer followed.
 */
export function takePlaces(
  answer: Places,
  state: 'kept' | 'ready',
  asked: ReadonlyMap<string, Channel>,
  open: ReadonlySet<string> = new Set(),
): void {
  for (const group of answer.groups) entities.put('group', group, 0)
  for (const category of answer.categories) entities.put('category', category, 0)
  for (const channel of answer.channels) {
    entities.put('channel', newest(channel, asked.get(channel.id)), 0)
  }
  const ids = (rows: readonly { id: string }[]) => new Set(rows.map((row) => row.id))
  entities.retain('group', ids(answer.groups))
  entities.retain('category', ids(answer.categories))
  const followed = ids(answer.channels)
  for (const id of open) {
    if (!followed.has(id)) entities.patch('channel', id, { followed: false, level: null })
  }
  entities.retain('channel', new Set([...followed, ...open]))
  const round = places.get().round + 1
  places.set({ state, workspaceId: answer.workspace_id, round, problem: null })
}

/** The last answer this device keeps. */
export function keptPlaces(): Promise<Places | undefined> {
  return device.shelf('places').get<Places>('last')
}

/** Keeps an answer for opening offline. */
export async function keepPlaces(answer: Places): Promise<void> {
  await device
    .shelf('places')
    .put('last', answer)
    .catch(() => undefined)
}

/** Forgets the sidebar, for a sign-out. */
export function clearPlaces(): void {
  places.set(EMPTY)
}
