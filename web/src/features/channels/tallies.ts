import { useAll } from '@/api/entities'
import type { Channel } from '@/api/types'
import { isConversation } from './conversations'
import { useHearing } from './hearing'
import { type Tally, tallies, tally } from './unread'

const every = (all: readonly Channel[]) => all

// Not remembered by their channels alone: the level of a group and the clock decide as well.
function useChannels(): readonly Channel[] {
  useHearing()
  return useAll('channel', every)
}

/** What needs me in the whole house. */
export function useTally(): Tally {
  return tally(useChannels())
}

/** What my conversations have for me. */
export function useTalksTally(): Tally {
  return tally(useChannels().filter(isConversation))
}

/** What all groups together have for me. */
export function useGroupsTally(): Tally {
  return tally(useChannels().filter((one) => !isConversation(one)))
}

/** What each group has for me. */
export function useTallies(): ReadonlyMap<string, Tally> {
  return tallies(useChannels())
}
