import { Check } from 'lucide-react'
import { Checkbox as Radix } from 'radix-ui'
import { type ReactNode, useId } from 'react'

interface Props {
  label: ReactNode
  /** A second, quieter line. */
  hint?: ReactNode
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
}

/** A yes or no that takes effect with the form it stands in. */
export function Checkbox({ label, hint, checked, onChange, disabled }: Props) {
  const id = useId()
  return (
    <div className="flex items-center gap-2.5 pointer-coarse:min-h-11">
      <Radix.Root
        id={id}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onCheckedChange={(value) => onChange(value === true)}
        className="grid size-[1.125rem] shrink-0 place-items-center rounded-[5px] border-[1.75px] border-ink-3 text-stone-2 transition-colors data-[state=checked]:border-jade data-[state=checked]:bg-jade"
      >
        <Radix.Indicator>
          <Check size={14} strokeWidth={2.75} aria-hidden />
        </Radix.Indicator>
      </Radix.Root>
      <span className="min-w-0">
        <label htmlFor={id} className={hint ? 'block font-strong' : 'text-ink-2 text-small'}>
          {label}
        </label>
        {hint && (
          <span id={`${id}-hint`} className="block text-ink-3 text-small">
            {hint}
          </span>
        )}
      </span>
    </div>
  )
}
