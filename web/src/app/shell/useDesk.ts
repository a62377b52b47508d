import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { setDeskWays } from '@/features/notifications/desk'

/** Tells the notifications outside of the page what is on screen, and takes people where they lead. */
export function useDesk(): void {
  const router = useRouter()
  useEffect(() => {
    setDeskWays({
      here: () => {
        const { pathname, search } = router.state.location
        const channelId = /^\/c\/([^/]+)/.exec(pathname)?.[1] ?? null
        return { channelId, thread: (search as { thread?: string }).thread ?? null }
      },
      go: (channelId, search) =>
        void router.navigate({ to: '/c/$channelId', params: { channelId }, search }),
    })
    return () => setDeskWays(null)
  }, [router])
}
