import { useNavigate } from '@tanstack/react-router'
import { useCallback, useRef } from 'react'

/** Opens and closes a thread by the address; the focus goes back to where it came from. */
export function useThreadWay(channelId: string) {
  const navigate = useNavigate()
  const from = useRef<Element | null>(null)
  const go = useCallback(
    (search: { thread?: string; m?: string }, replace = false) =>
      navigate({ to: '/c/$channelId', params: { channelId }, search, replace }),
    [navigate, channelId],
  )
  const open = useCallback(
    (rootId: string, reply?: string) => {
      from.current = document.activeElement?.closest('[data-row]') ?? document.activeElement
      if (reply === undefined) void go({ thread: rootId })
      // The address of the reply alone is no place to go back to: it leads here again.
      else
        void go(
          { thread: rootId, m: reply },
          new URL(location.href).searchParams.get('m') === reply,
        )
    },
    [go],
  )
  const close = useCallback(() => {
    void go({}).then(() => {
      const back = from.current
      const rest = document.querySelector<HTMLElement>('main [role=feed] [data-row][tabindex="0"]')
      if (back instanceof HTMLElement && back.isConnected && back !== document.body) back.focus()
      else rest?.focus({ preventScroll: true })
    })
  }, [go])
  const jump = useCallback((m: string) => void go({ m }), [go])
  return { open, close, jump }
}
