import { useEffect } from 'react'
import { t } from './text'

/** Names the page in the tab of the browser: "Sign in · Courtyard". */
export function useTitle(name: string | null | undefined): void {
  useEffect(() => {
    const product = t('ui.mark')
    document.title = name ? `${name} · ${product}` : product
  }, [name])
}
