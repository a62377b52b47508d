import { useMemo } from 'react'
import { type Unsent, useUnsent } from '@/api/outbox'
import { outbox } from '@/api/unsent'

/** Whether what is on its way stands in this line: a thread's, or the place's own (`root` null). */
function standsIn({ with: more }: Pick<Unsent, 'with'>, root: string | null): boolean {
  if (root) return more?.root_id === root
  return !more?.root_id || more.also === true
}

/** What is on its way into a place, or into the thread of a message there. */
export function useUnsentIn(channelId: string, root: string | null): readonly Unsent[] {
  const all = useUnsent(outbox, channelId)
  return useMemo(() => all.filter((one) => standsIn(one, root)), [all, root])
}
