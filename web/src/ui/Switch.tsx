import { Switch as Radix } from 'radix-ui'

interface Props {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
  id?: string
}

/** A yes or no that takes effect at once. */
export function Switch({ label, checked, onChange, disabled, id }: Props) {
  return (
    <Radix.Root
      id={id}
      aria-label={label}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChange}
      className="relative h-[1.375rem] w-9 shrink-0 rounded-full bg-stone-4 transition-colors data-[state=checked]:bg-ink-1"
    >
      <Radix.Thumb className="block size-4 translate-x-[3px] rounded-full bg-ink-3 transition-transform data-[state=checked]:translate-x-[17px] data-[state=checked]:bg-stone-2" />
    </Radix.Root>
  )
}
