import { Slot } from 'radix-ui'
import type { ButtonHTMLAttributes, Ref } from 'react'
import { cx } from './cx'
import { Spinner } from './Spinner'

const looks = {
  /** The one main action of a view: marigold, once. */
  primary: 'bg-marigold text-on-marigold font-bold hover:bg-marigold-hover',
  quiet: 'bg-(--raised) text-ink-1 font-strong hover:bg-stone-4',
  /** For use on cards and menus, which are stone-3 themselves. */
  raised: 'bg-stone-4 text-ink-1 font-strong hover:brightness-110 light:hover:brightness-97',
  ghost: 'text-ink-2 font-strong hover:text-ink-1 hover:bg-stone-3',
  danger: 'bg-rose text-on-rose font-semibold hover:brightness-107',
  /** Leads to something dangerous, but asks first. */
  dangerQuiet: 'bg-(--raised) text-rose font-strong hover:bg-stone-4',
}

const sizes = {
  small: 'h-[1.875rem] px-[11px] text-small rounded-control',
  medium: 'h-9 px-3.5 text-ui rounded-row',
  large: 'h-11 px-6 text-message rounded-card',
}

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: keyof typeof looks
  size?: keyof typeof sizes
  /** Under way: stays the same width, takes no second click, tells a screen reader. */
  busy?: boolean
  /** Lends the look to its only child, a link for instance. */
  asChild?: boolean
  ref?: Ref<HTMLButtonElement>
}

/** A verb to press. */
export function Button({ look = 'quiet', size = 'medium', busy, asChild, ...more }: Props) {
  // Not the attribute: a button that has just done its work would lose the focus with it.
  const { disabled, ...rest } = more
  const off = busy || disabled
  const className = cx(
    'relative inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap transition-colors',
    'aria-disabled:cursor-default data-off:bg-transparent data-off:text-ink-3 data-off:hover:bg-transparent',
    'pointer-coarse:min-h-11',
    sizes[size],
    looks[look],
    rest.className,
  )
  if (asChild) return <Slot.Root {...rest} className={className} />
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy}
      aria-disabled={off || undefined}
      data-off={disabled || undefined}
      onClick={off ? (event) => event.preventDefault() : rest.onClick}
      className={className}
    >
      {busy && <Spinner className="absolute" />}
      <span className={cx('inline-flex items-center gap-2', busy && 'opacity-0')}>
        {rest.children}
      </span>
    </button>
  )
}
