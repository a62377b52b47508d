import type { User } from '@/api/types'
import { Tooltip } from '@/ui/Tooltip'

/** The sign of somebody's status beside their name; the words come under the pointer. */
export function StatusMark({ user }: { user: Pick<User, 'status'> }) {
  const { status } = user
  if (!status?.emoji) return null
  const mark = (
    <span role="img" aria-label={status.text || status.emoji} className="ml-1.5 shrink-0">
      {status.emoji}
    </span>
  )
  return (
    <>
      {/* So that name and status are two words when they are read out. */}{' '}
      {status.text ? <Tooltip text={status.text}>{mark}</Tooltip> : mark}
    </>
  )
}
