import { useEffect, useState, useSyncExternalStore } from 'react'
import { useConnection } from '@/api/connection'
import { t } from '@/ui/text'

const PATIENCE_MS = 3000

function onLineChange(wake: () => void): () => void {
  const stop = new AbortController()
  addEventListener('online', wake, { signal: stop.signal })
  addEventListener('offline', wake, { signal: stop.signal })
  return () => stop.abort()
}

/** True at once when the device knows it has no line, and when ours is down for longer than a breath. */
export function useOffline(): boolean {
  const { state, since } = useConnection()
  const [late, setLate] = useState(false)
  const line = useSyncExternalStore(onLineChange, () => navigator.onLine)
  useEffect(() => {
    setLate(false)
    if (state === 'online') return
    const wait = Math.max(0, since + PATIENCE_MS - Date.now())
    const timer = setTimeout(() => setLate(true), wait)
    return () => clearTimeout(timer)
  }, [state, since])
  return !line || (state !== 'online' && late)
}

/** A thin bar while there is no line; everything that is here stays. */
export function OfflineBar() {
  const offline = useOffline()
  return (
    <div role="status">
      {offline && (
        <p className="flex min-h-8 animate-appear items-center justify-center gap-2.5 bg-stone-3 px-4 py-1 text-center text-ink-2 text-small phone:pt-[calc(0.25rem+env(safe-area-inset-top))]">
          <i aria-hidden className="size-2 shrink-0 rounded-full border-2 border-sand" />
          {t('shell.offline')}
        </p>
      )}
    </div>
  )
}
