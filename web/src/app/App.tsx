import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Toasts } from '@/ui/Toast'
import { TooltipProvider } from '@/ui/Tooltip'
import { ErrorBoundary } from './ErrorBoundary'
import { queryClient } from './query'
import { router } from './router'

/** Everything a page may count on, and the pages themselves. */
export function App() {
  return (
    <I18nProvider i18n={i18n}>
      <TooltipProvider>
        <ErrorBoundary>
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </ErrorBoundary>
        <Toasts />
      </TooltipProvider>
    </I18nProvider>
  )
}
