import { BellOff, BellRing, Smile } from 'lucide-react'
import type { Me } from '@/api/types'
import { pause, pauses } from '@/features/accounts/status'
import { complain } from '@/features/groups/complain'
import { MenuItem, MenuLabel, MenuSub } from '@/ui/Menu'
import { t } from '@/ui/text'
import { untilWhen } from '@/ui/times'
import { setLayer } from './layers'

/** How I am, and whether anything may ring. */
export function MyState({ me }: { me: Me }) {
  const { status, dnd_until } = me
  const paused = dnd_until !== null && Date.parse(dnd_until) > Date.now()
  const quiet = (until: Date | null) => void pause(until).catch(complain)
  return (
    <>
      <MenuItem icon={Smile} onSelect={() => setLayer({ status: true })}>
        <span dir="auto" className="block max-w-52 truncate">
          {status ? `${status.emoji ?? ''} ${status.text}`.trim() : t('accounts.status.set')}
        </span>
      </MenuItem>
      {paused ? (
        <>
          <MenuItem icon={BellRing} onSelect={() => quiet(null)}>
            {t('accounts.pause.end')}
          </MenuItem>
          <MenuLabel>{t('accounts.pause.until', { time: untilWhen(dnd_until) })}</MenuLabel>
        </>
      ) : (
        <MenuSub icon={BellOff} label={t('accounts.pause')}>
          {pauses.map(({ name, until }) => (
            <MenuItem key={name} onSelect={() => quiet(until(new Date()))}>
              {t(name)}
            </MenuItem>
          ))}
        </MenuSub>
      )}
    </>
  )
}
