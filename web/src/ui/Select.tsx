import { ChevronDown } from 'lucide-react'
import { cx } from './cx'
import { fieldSurface } from './Input'

interface Props<Value extends string> {
  id?: string
  label?: string
  value: Value
  options: { value: Value; label: string }[]
  onChange: (value: Value) => void
  className?: string
}

/** One of a few. The system's own list: right under a finger and for a screen reader. */
export function Select<Value extends string>(props: Props<Value>) {
  return (
    <div className={cx('relative', props.className)}>
      <select
        id={props.id}
        aria-label={props.label}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value as Value)}
        className={cx(fieldSurface, 'h-10 appearance-none pr-9 pointer-coarse:h-11')}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value} className="bg-float text-ink-1">
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        size={16}
        aria-hidden
        className="pointer-events-none absolute inset-y-0 right-3 my-auto text-ink-3"
      />
    </div>
  )
}
