import { createContext, use } from 'react'

/** What every row of a conversation may know and ask for; stable while the channel is open. */
export interface Talk {
  channelId: string
  /** The line of messages the rows stand in. */
  line: string
  /** The message whose thread this is; null in the place itself. */
  root: string | null
  me: string
  /** Folds away what people say whom one blocks. */
  folds: boolean
  /** May delete what others wrote. */
  moderates: boolean
  /** May write here, and so change their own words. */
  writes: boolean
  edit(id: string | null): void
  remove(id: string): void
  /** Opens the thread of a message beside the place, perhaps at one of its replies. */
  thread(rootId: string, reply?: string): void
  /** Goes to a message of this place, wherever it stands. */
  jump(id: string): void
  /** What is written next answers this message. */
  quote(id: string | null): void
  /** Opens the choice of where a message is passed on to. */
  forward(id: string): void
  /** Shows the earlier wordings of a message. */
  history(id: string): void
  /** Opens the choice of an emoji for a message. */
  react(id: string): void
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
