import { operate } from '@/api/connection'
import { Topics, useTopic } from '@/api/store'

const NOBODY: readonly string[] = []
const EVERY_MS = 3000

const topics = new Topics()
const typing = new Map<string, readonly string[]>()
const timers = new Map<string, ReturnType<typeof setTimeout>>()
const told = new Map<string, number>()

/** Someone is typing in a channel, for the next few seconds. */
export function startedTyping(channelId: string, userId: string, seconds: number): void {
  const key = `${channelId} ${userId}`
  clearTimeout(timers.get(key))
  timers.set(
    key,
    setTimeout(() => stoppedTyping(channelId, userId), seconds * 1000),
  )
  const who = typing.get(channelId) ?? NOBODY
  if (!who.includes(userId)) set(channelId, [...who, userId])
}

/** They sent it, or stopped. */
export function stoppedTyping(channelId: string, userId: string): void {
  const key = `${channelId} ${userId}`
  clearTimeout(timers.get(key))
  timers.delete(key)
  const who = typing.get(channelId) ?? NOBODY
  if (who.includes(userId))
    set(
      channelId,
      who.filter((id) => id !== userId),
    )
}

function set(channelId: string, who: readonly string[]): void {
  if (who.length > 0) typing.set(channelId, who)
  else typing.delete(channelId)
  topics.emit(channelId)
}

/** Who is typing in a channel, in the order they began. */
export function useTyping(channelId: string): readonly string[] {
  return useTopic(topics, channelId, () => typing.get(channelId) ?? NOBODY)
}

/** Tells the others that I type; at most every three seconds. */
export function tellTyping(channelId: string, now = Date.now()): void {
  if (now - (told.get(channelId) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) return
  if (operate({ op: 'typing', s: channelId })) told.set(channelId, now)
}

/** My message went out: the next key is worth telling at once. */
export function doneTyping(channelId: string): void {
  told.delete(channelId)
}
