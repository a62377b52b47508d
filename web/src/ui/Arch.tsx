import { cx } from './cx'
import { groupInitials } from './initials'

interface Props {
  name: string
  /** The open one is lit from above. */
  lit?: boolean
  large?: boolean
}

/** A group: always an arch, with two letters of its name. The name itself must stand near or be told. */
export function Arch({ name, lit, large }: Props) {
  return (
    <span
      aria-hidden
      className={cx(
        'serif grid shrink-0 select-none place-items-center pt-[7px] leading-none transition-colors',
        large
          ? 'h-[4.75rem] w-16 rounded-[32px_32px_10px_10px/34px_34px_10px_10px] text-[1.625rem]'
          : 'h-[3.125rem] w-[2.625rem] rounded-[21px_21px_7px_7px/22px_22px_7px_7px] text-[1.125rem]',
        lit
          ? 'bg-(image:--arch-lit) text-ink-1 shadow-arch-lit'
          : 'bg-(image:--arch-shade) text-ink-2',
      )}
    >
      {groupInitials(name)}
    </span>
  )
}
