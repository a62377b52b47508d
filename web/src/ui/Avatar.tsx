import { useEffect, useState } from 'react'
import { cx } from './cx'
import { personInitials, stableHue } from './initials'
import { type TextId, t } from './text'

/** What an avatar needs to know of a person. */
export interface Portrait {
  id: string
  name: string
  /** The version of the picture; null when there is none. */
  avatar: string | null
}

/** How a person is there. */
export type PresenceState = 'online' | 'idle' | 'offline' | 'dnd'

// Written out, so that the stylesheet has them all.
const glazes = [
  'bg-glaze-1',
  'bg-glaze-2',
  'bg-glaze-3',
  'bg-glaze-4',
  'bg-glaze-5',
  'bg-glaze-6',
  'bg-glaze-7',
  'bg-glaze-8',
]

interface Props {
  person: Portrait
  /** Diameter in px at normal text size. */
  size?: number
  presence?: PresenceState | undefined
  speaking?: boolean
  /** Give the name to screen readers; leave out where the name stands beside it. */
  named?: boolean
}

/** A person: always round. Picture, or initials on a hue that stays theirs. */
export function Avatar({ person, size = 36, presence, speaking, named }: Props) {
  const diameter = `${size / 16}rem`
  return (
    <span
      className="relative block shrink-0 select-none rounded-full"
      style={{ width: diameter, height: diameter }}
    >
      <Face person={person} size={size} speaking={speaking ?? false} named={named ?? false} />
      {presence && <PresenceDot state={presence} small={size < 30} />}
    </span>
  )
}

function Face(props: { person: Portrait; size: number; speaking: boolean; named: boolean }) {
  const { person, size, speaking, named } = props
  const [broken, setBroken] = useState<string | null>(null)
  // What failed for want of a line is asked for again when it is back.
  useEffect(() => {
    if (broken === null) return
    const again = () => setBroken(null)
    addEventListener('online', again, { once: true })
    return () => removeEventListener('online', again)
  }, [broken])
  const shape = cx(
    'block size-full overflow-hidden rounded-full',
    speaking && 'shadow-[0_0_0_2px_var(--ground),0_0_0_4px_var(--jade)]',
  )
  if (person.avatar && broken !== person.avatar) {
    return (
      <img
        src={`/api/users/${person.id}/avatar?v=${encodeURIComponent(person.avatar)}`}
        alt={named ? person.name : ''}
        onError={() => setBroken(person.avatar)}
        draggable={false}
        className={cx(shape, 'bg-stone-4 object-cover')}
      />
    )
  }
  return (
    <span
      {...(named ? { role: 'img', 'aria-label': person.name } : { 'aria-hidden': true })}
      // A picture made of letters, not words: it must not be read out, copied or searched.
      data-initials={personInitials(person.name)}
      className={cx(
        shape,
        'grid place-items-center font-semibold text-on-glaze before:content-[attr(data-initials)]',
        glaze(person.id),
      )}
      style={{ fontSize: `${(size * 0.4) / 16}rem` }}
    />
  )
}

function glaze(id: string): string {
  return glazes[stableHue(id, glazes.length) - 1] ?? 'bg-glaze-1'
}

const dots: Record<PresenceState, { look: string; text: TextId }> = {
  online: { look: 'bg-jade', text: 'ui.presence.online' },
  idle: { look: 'bg-(--ground) border-[2.5px] border-sand', text: 'ui.presence.idle' },
  dnd: {
    look: 'bg-rose after:absolute after:inset-x-[20%] after:inset-y-[40%] after:rounded-full after:bg-(--ground)',
    text: 'ui.presence.dnd',
  },
  offline: { look: 'bg-(--ground) border-[2.5px] border-ink-3', text: 'ui.presence.offline' },
}

/** Full is here, a ring is away; shape as well as colour tells them apart. */
export function PresenceDot({ state, small }: { state: PresenceState; small?: boolean }) {
  return (
    <span
      role="img"
      aria-label={t(dots[state].text)}
      className={cx(
        'absolute -right-px -bottom-px rounded-full shadow-[0_0_0_2.5px_var(--ground)]',
        small ? 'size-2' : 'size-[11px]',
        dots[state].look,
      )}
    />
  )
}
