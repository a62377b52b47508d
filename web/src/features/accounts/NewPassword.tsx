import { Check } from 'lucide-react'
import { cx } from '@/ui/cx'
import { Field } from '@/ui/Field'
import { PasswordInput } from '@/ui/PasswordInput'
import { t } from '@/ui/text'
import { passwordAdvice } from './password'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  /** Name and address of the person: a password made of them is no password. */
  about: string[]
  error?: string | null
}

/** A new password with one live line under it that says whether it will do. */
export function NewPassword({ label, value, onChange, about, error }: Props) {
  const advice = passwordAdvice(value, about)
  const good = advice.tone === 'good'
  const hint = (
    <span
      className={cx(
        'flex items-center gap-2',
        good && 'text-jade',
        advice.tone === 'weak' && 'text-sand',
      )}
    >
      {good && <Check size={14} aria-hidden />}
      {t(advice.text, advice.values)}
    </span>
  )
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <PasswordInput
          {...control}
          name="new-password"
          autoComplete="new-password"
          required
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
