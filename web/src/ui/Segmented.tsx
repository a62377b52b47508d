import { RadioGroup } from 'radix-ui'

interface Props<Value extends string> {
  label: string
  value: Value
  options: { value: Value; label: string }[]
  onChange: (value: Value) => void
}

/** One of two to four, all in sight. Arrow keys move. */
export function Segmented<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as Value)}
      className="flex flex-wrap gap-1 rounded-card bg-stone-3 p-1"
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className="h-8 min-w-max flex-1 whitespace-nowrap rounded-control px-3.5 text-center text-ink-2 text-small transition-colors hover:text-ink-1 data-[state=checked]:bg-stone-4 data-[state=checked]:font-semibold data-[state=checked]:text-ink-1 light:data-[state=checked]:bg-stone-2 light:data-[state=checked]:shadow-row pointer-coarse:h-10"
        >
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
