import { useEffect } from 'react'
import { useTally } from '@/features/channels/tallies'
import { useUnreadThreads } from '@/features/messages/threadState'
import { useTitle } from '@/ui/useTitle'

/** What calls for me by number: mentions, and threads I follow that go on. */
function useCalls(): number {
  return useTally().mentions + useUnreadThreads()
}

/** "(3) intake-pilot" when something calls for me, "• intake-pilot" when something is new. */
export function usePlaceTitle(name: string): void {
  const { unread } = useTally()
  const calls = useCalls()
  const mark = calls > 0 ? `(${calls}) ` : unread ? '• ' : ''
  useTitle(mark + name)
}

type Badged = Navigator & {
  setAppBadge?: (count?: number) => Promise<void>
  clearAppBadge?: () => Promise<void>
}

/** The icon of the tab and of the installed app tell of it too. */
export function useUnreadSigns(): void {
  const calls = useCalls()
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (icon) icon.href = calls > 0 ? '/icons/mark-mention.svg' : '/icons/mark.svg'
    const { setAppBadge, clearAppBadge } = navigator as Badged
    const told = calls > 0 ? setAppBadge?.call(navigator, calls) : clearAppBadge?.call(navigator)
    // Not allowed in a tab, only once installed.
    told?.catch(() => undefined)
  }, [calls])
}
