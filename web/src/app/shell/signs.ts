import { useEffect } from 'react'
import { useTally } from '@/features/channels/tallies'
import { useTitle } from '@/ui/useTitle'

/** "(3) intake-pilot" when I was mentioned, "• intake-pilot" when something is new. */
export function usePlaceTitle(name: string): void {
  const { mentions, unread } = useTally()
  const mark = mentions > 0 ? `(${mentions}) ` : unread ? '• ' : ''
  useTitle(mark + name)
}

type Badged = Navigator & {
  setAppBadge?: (count?: number) => Promise<void>
  clearAppBadge?: () => Promise<void>
}

/** The icon of the tab and of the installed app tell of mentions too. */
export function useUnreadSigns(): void {
  const { mentions } = useTally()
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (icon) icon.href = mentions > 0 ? '/icons/mark-mention.svg' : '/icons/mark.svg'
    const { setAppBadge, clearAppBadge } = navigator as Badged
    const told =
      mentions > 0 ? setAppBadge?.call(navigator, mentions) : clearAppBadge?.call(navigator)
    // Not allowed in a tab, only once installed.
    told?.catch(() => undefined)
  }, [mentions])
}
