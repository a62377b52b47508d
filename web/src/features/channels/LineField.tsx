import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'

interface Props {
  label: string
  hint: string
  error: string | null
  longest: number
  value: string
  onChange: (value: string) => void
}

/** One line of text in a form, with its label and what is wrong with it. */
export function LineField({ label, hint, error, longest, value, onChange }: Props) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <Input
          {...control}
          autoComplete="off"
          maxLength={longest}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
