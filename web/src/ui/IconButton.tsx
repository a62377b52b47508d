import type { LucideIcon } from 'lucide-react'
import type { ButtonHTMLAttributes, Ref } from 'react'
import { cx } from './cx'
import { Tooltip } from './Tooltip'

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> & {
  icon: LucideIcon
  /** What it does: read out, and shown as its tooltip. */
  label: string
  keys?: string
  side?: 'top' | 'right' | 'bottom' | 'left'
  small?: boolean
  /** The thing it opens is open. */
  on?: boolean
  ref?: Ref<HTMLButtonElement>
}

/** A square control with an icon, a name and perhaps a shortcut. */
export function IconButton({ icon: Icon, label, keys, side, small, on, ...rest }: Props) {
  return (
    <Tooltip text={label} keys={keys} {...(side ? { side } : {})}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={cx(
          'touch-target grid shrink-0 place-items-center transition-colors hover:bg-stone-3 hover:text-ink-1 active:bg-stone-4 disabled:bg-transparent disabled:text-ink-3',
          small ? 'size-[1.875rem] rounded-control' : 'size-9 rounded-row',
          on ? 'bg-stone-3 text-ink-1' : 'text-ink-2',
          rest.className,
        )}
      >
        <Icon size={small ? 16 : 18} aria-hidden />
      </button>
    </Tooltip>
  )
}
