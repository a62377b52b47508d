import { useState } from 'react'
import { useSession } from '@/api/session'
import { Button } from '@/ui/Button'
import { cx } from '@/ui/cx'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { Switch } from '@/ui/Switch'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { problemText } from '../problem'
import { type QuietHours, setQuietHours } from '../status'
import { SettingRow } from './SettingRow'

const MONDAY = Date.UTC(2024, 0, 1)
const days = [0, 1, 2, 3, 4, 5, 6] as const

/** What begins with: working days, from the evening to the morning, by the clock of this browser. */
function usual(): QuietHours {
  const tz = Intl.DateTimeFormat().resolvedOptions().timeZone
  return { days: [0, 1, 2, 3, 4], from: '20:00', to: '07:00', tz }
}

/** When nothing should ring, every week. */
export function QuietSettings() {
  const { me } = useSession()
  if (!me) return null
  return <QuietHoursForm key={JSON.stringify(me.quiet_hours)} known={me.quiet_hours} />
}

async function save(hours: QuietHours | null): Promise<void> {
  try {
    await setQuietHours(hours)
    toast({ text: t('accounts.quiet.saved'), tone: 'good' })
  } catch (error) {
    toast({ text: problemText(error as Error), tone: 'bad' })
  }
}

function QuietHoursForm({ known }: { known: QuietHours | null }) {
  const [hours, setHours] = useState(known ?? usual())
  const same = JSON.stringify(hours) === JSON.stringify(known)
  const time = (field: 'from' | 'to') => (
    <Field label={t(field === 'from' ? 'accounts.quiet.from' : 'accounts.quiet.to')}>
      {(control) => (
        <Input
          {...control}
          type="time"
          required
          value={hours[field]}
          onChange={(event) => setHours({ ...hours, [field]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <>
      <SettingRow name={t('accounts.quiet')} text={t('accounts.quiet.text')}>
        <Switch
          label={t('accounts.quiet')}
          checked={known !== null}
          onChange={(on) => void save(on ? hours : null)}
        />
      </SettingRow>
      {known && (
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            if (hours.from && hours.to) void save(hours)
          }}
        >
          <Days chosen={hours.days} onChange={(next) => setHours({ ...hours, days: next })} />
          <div className="grid grid-cols-2 gap-4">
            {time('from')}
            {time('to')}
          </div>
          <p className="text-ink-3 text-small">{t('accounts.quiet.zone', { zone: hours.tz })}</p>
          <Button type="submit" disabled={same} className="justify-self-start">
            {t('accounts.quiet.save')}
          </Button>
        </form>
      )}
    </>
  )
}

interface DaysProps {
  chosen: QuietHours['days']
  onChange: (days: QuietHours['days']) => void
}

function Days({ chosen, onChange }: DaysProps) {
  const format = new Intl.DateTimeFormat(undefined, { weekday: 'short', timeZone: 'UTC' })
  const toggle = (day: number) => {
    const next = chosen.includes(day) ? chosen.filter((one) => one !== day) : [...chosen, day]
    if (next.length > 0) onChange(next.sort())
  }
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="sr-only">{t('accounts.quiet.days')}</legend>
      {days.map((day) => (
        <button
          key={day}
          type="button"
          aria-pressed={chosen.includes(day)}
          onClick={() => toggle(day)}
          className={cx(
            'h-9 min-w-12 rounded-row px-2.5 text-small transition-colors pointer-coarse:h-11',
            chosen.includes(day)
              ? 'bg-stone-4 font-semibold text-ink-1'
              : 'bg-(--raised) text-ink-2',
          )}
        >
          {format.format(MONDAY + day * 86_400_000)}
        </button>
      ))}
    </fieldset>
  )
}
