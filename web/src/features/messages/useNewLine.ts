import { useEffect, useState, useSyncExternalStore } from 'react'
import { useEntity } from '@/api/entities'
import { isKeptUnread, isUnread } from './read'

const looking = () => document.visibilityState === 'visible' && document.hasFocus()

function onLook(listener: () => void): () => void {
  const names = ['focus', 'blur'] as const
  for (const name of names) addEventListener(name, listener)
  document.addEventListener('visibilitychange', listener)
  return () => {
    for (const name of names) removeEventListener(name, listener)
    document.removeEventListener('visibilitychange', listener)
  }
}

/** Is somebody looking at this window? */
export function useLooking(): boolean {
  return useSyncExternalStore(onLook, looking)
}

/**
 * The position after which messages were unread when one came. It stays until one leaves, so that
 * the line does not run away while one reads; marking unread moves it up, Esc takes it away.
 */
export function useNewLine(channelId: string, watching: boolean): [number | null, () => void] {
  const channel = useEntity('channel', channelId)
  const [after, setAfter] = useState<number | null>(null)
  // Where one only looks in, nothing waits to be read.
  const unread = channel?.followed === true && isUnread(channel)
  const read = channel?.read_position ?? 0
  useEffect(() => {
    if (!unread) return
    // What comes while one looks at the end is seen as it comes and needs no line.
    const seen = watching && !isKeptUnread(channelId)
    setAfter((known) => (known === null ? (seen ? null : read) : Math.min(known, read)))
  }, [channelId, unread, read, watching])
  return [after, () => setAfter(null)]
}
