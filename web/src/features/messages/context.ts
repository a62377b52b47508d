import { createContext, use } from 'react'

/** What every row of a conversation may know and ask for; stable while the channel is open. */
export interface Talk {
  channelId: string
  me: string
  /** May delete what others wrote. */
  moderates: boolean
  /** May write here, and so change their own words. */
  writes: boolean
  edit(id: string | null): void
  remove(id: string): void
  /** Opens the actions of a message as a sheet, for fingers. */
  open(id: string): void
}

/** Given by `Conversation`. */
export const TalkContext = createContext<Talk | null>(null)

/** The conversation around a row. */
export function useTalk(): Talk {
  const talk = use(TalkContext)
  if (!talk) throw new Error('A message stands outside of a conversation')
  return talk
}
