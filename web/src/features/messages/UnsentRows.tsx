import type { Unsent } from '@/api/outbox'
import { t } from '@/ui/text'
import { useTalk } from './context'
import { RowView } from './RowView'
import { makeRows } from './rows'

const nothing = () => undefined

/** What is on its way, where the messages before it could not be loaded. */
export function UnsentRows({ unsent }: { unsent: readonly Unsent[] }) {
  const { me } = useTalk()
  if (unsent.length === 0) return null
  const source = { entries: [], message: nothing, me, unreadAfter: null, whole: false }
  return (
    <div
      role="feed"
      aria-label={t('messages.list')}
      className="mx-auto max-h-1/2 w-full max-w-[52rem] shrink-0 overflow-y-auto px-6 pb-3.5 phone:px-4"
    >
      {makeRows({ ...source, unsent }).map((row) => (
        <RowView
          key={row.key}
          row={row}
          lit={false}
          current={false}
          editing={false}
          marked={false}
          onLight={nothing}
          onFocus={nothing}
        />
      ))}
    </div>
  )
}
