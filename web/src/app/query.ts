import { QueryClient } from '@tanstack/react-query'
import { ApiError } from '@/api/client'

/** A refusal stays a refusal; only silence and the server's own trouble are worth another try. */
function retry(count: number, error: Error): boolean {
  return count < 2 && error instanceof ApiError && error.outcomeUnknown
}

/** Fetches what no event keeps fresh; entities live in their own store. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry, staleTime: 30_000, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
})
