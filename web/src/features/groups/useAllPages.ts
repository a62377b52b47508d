import { useEffect } from 'react'

interface Paged {
  hasNextPage: boolean
  isFetching: boolean
  fetchNextPage(): unknown
}

/** Goes on until the last page: lists of people are searched here, not by the server. */
export function useAllPages({ hasNextPage, isFetching, fetchNextPage }: Paged): void {
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
}
