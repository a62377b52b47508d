import { usePerson } from '@/api/people'
import type { Channel } from '@/api/types'
import { unblockNow } from '@/features/accounts/blocking'
import { useBlocked } from '@/features/accounts/blocks'
import { Button } from '@/ui/Button'
import { plainName } from '@/ui/names'
import { t } from '@/ui/text'
import { useTalk } from './context'
import { partner } from './hushed'

const look =
  'flex min-h-[3.125rem] flex-wrap items-center justify-center gap-x-4 gap-y-2 rounded-composer bg-stone-3 px-4 py-2 text-center text-ink-3'

/** Stands where the composer would be. */
export function ReadOnly({ channel }: { channel: Channel }) {
  const { me } = useTalk()
  const other = partner(channel, me)
  const blocked = useBlocked(other ?? '')
  if (other && blocked) return <Blocked id={other} />
  return (
    <p className={look}>
      {t(channel.archived ? 'messages.readonly.archived' : 'messages.readonly')}
    </p>
  )
}

function Blocked({ id }: { id: string }) {
  const person = usePerson(id)
  const name = person ? plainName(person.name) : t('messages.someone')
  return (
    <div className={look}>
      <p className="text-pretty">{t('messages.readonly.blocked', { name })}</p>
      <Button size="small" look="raised" onClick={() => void unblockNow({ id, name })}>
        {t('accounts.unblock')}
      </Button>
    </div>
  )
}
