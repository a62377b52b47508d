import { useCallback, useSyncExternalStore } from 'react'

/** The widths at which the layout changes, as in the theme. */
export const widths = {
  phone: '(width < 48rem)',
  /** Room for a third column. */
  desktop: '(width >= 75rem)',
}

/** Whether a media query holds now; for choices that styles alone cannot make. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (wake: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', wake)
      return () => list.removeEventListener('change', wake)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}
