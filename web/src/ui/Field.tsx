import { CircleAlert } from 'lucide-react'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { t } from './text'

/** What a control needs in order to belong to its field. */
export interface FieldControl {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': boolean | undefined
}

interface Props {
  label: string
  /** One quiet line under the control; an error takes its place. */
  hint?: ReactNode
  error?: string | null | undefined
  children: (control: FieldControl) => ReactNode
}

/** A label, a control, and one line that helps or says what is wrong. */
export function Field({ label, hint, error, children }: Props) {
  const id = useId()
  const [found, setFound] = useState<string | null>(null)
  const problem = found ?? error
  const line = problem || hint ? `${id}-line` : undefined
  const onInvalid = (event: FormEvent) => {
    const control = event.target as HTMLInputElement
    event.preventDefault()
    setFound(complaint(control))
    // Without its bubble the browser moves no focus either.
    if (control === control.form?.querySelector('input:invalid')) control.focus()
  }
  return (
    <div onInvalidCapture={onInvalid} onInput={() => setFound(null)}>
      <label htmlFor={id} className="mb-1.5 block text-ink-2 text-small">
        {label}
      </label>
      {children({ id, 'aria-describedby': line, 'aria-invalid': problem ? true : undefined })}
      <div id={line} aria-live="polite" className="text-tiny">
        {problem ? (
          <FieldError text={problem} />
        ) : (
          hint && <div className="mt-2 text-ink-3">{hint}</div>
        )}
      </div>
    </div>
  )
}

/** What the browser found wrong, in our words. */
function complaint({ validity, validationMessage }: HTMLInputElement): string {
  if (validity.valueMissing) return t('ui.field.missing')
  if (validity.typeMismatch) return t('ui.field.email')
  return validationMessage
}

function FieldError({ text }: { text: string }) {
  return (
    <p className="mt-2 flex gap-2 text-rose">
      <CircleAlert size={14} aria-hidden className="mt-px" />
      {text}
    </p>
  )
}
