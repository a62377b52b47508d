import { useEffect, useMemo, useRef, useState } from 'react'
import { useConnection } from '@/api/connection'
import { entities } from '@/api/entities'
import type { Unsent } from '@/api/outbox'
import type { Entry, Segment } from '@/api/segments'
import { makeRows, type Row } from './rows'

/** The rows of a stretch; what is on its way stands only where it touches the present. */
export function useRows(
  segment: Segment,
  unsent: readonly Unsent[],
  me: string,
  unreadAfter: number | null,
  root?: Entry,
): Row[] {
  return useMemo(
    () =>
      makeRows({
        entries: segment.entries,
        message: (id) => entities.get('message', id),
        unsent: segment.after === null ? unsent : [],
        me,
        unreadAfter,
        whole: segment.before === null,
        root,
      }),
    [segment, unsent, me, unreadAfter, root],
  )
}

/** What I send is always in view, wherever I was reading. */
export function useSent(unsent: readonly Unsent[], run: () => void): void {
  const last = unsent.at(-1)?.client_id
  const known = useRef(last)
  // After the list has the row.
  useEffect(() => {
    if (last !== undefined && last !== known.current) run()
    known.current = last ?? known.current
  })
}

const GLOW_MS = 2600

/** The message of a permalink glows for a moment. */
export function useGlow(anchor: string | null): string | null {
  const [marked, setMarked] = useState(anchor)
  useEffect(() => {
    const timer = setTimeout(() => setMarked(null), GLOW_MS)
    return () => clearTimeout(timer)
  }, [])
  return marked
}

/** The line is back: what could not be loaded is asked for again. */
export function useBack(run: () => void): void {
  const online = useConnection().state === 'online'
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    if (online) latest.current()
  }, [online])
}

/** Esc, unless something that is open has its own use for it. */
export function useEscape(run: () => void): void {
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.shiftKey || event.defaultPrevented) return
      if (document.querySelector('[role=dialog],[role=alertdialog],[role=menu]')) return
      latest.current()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
