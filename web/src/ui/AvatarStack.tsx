import { Avatar, type Portrait } from './Avatar'
import { t } from './text'

interface Props {
  people: Portrait[]
  size?: number
  max?: number
  /** How many there are in all, when more than those given. */
  total?: number
}

/** A few faces, overlapping, and how many more. */
export function AvatarStack({ people, size = 24, max = 3, total = people.length }: Props) {
  const shown = people.slice(0, max)
  const more = total - shown.length
  return (
    <span className="flex items-center">
      {shown.map((person, index) => (
        <span
          key={person.id}
          className={index ? '-ml-[7px] rounded-full' : 'rounded-full'}
          style={{ boxShadow: '0 0 0 2px var(--ground)' }}
        >
          <Avatar person={person} size={size} named />
        </span>
      ))}
      {more > 0 && (
        <span className="ml-2 text-ink-3 text-small tabular-nums">
          <span aria-hidden>+{more}</span>
          <span className="sr-only">{t('ui.more', { count: more })}</span>
        </span>
      )}
    </span>
  )
}
