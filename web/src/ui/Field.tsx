import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'

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
  const line = error || hint ? `${id}-line` : undefined
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-ink-2 text-small">
        {label}
      </label>
      {children({ id, 'aria-describedby': line, 'aria-invalid': error ? true : undefined })}
      <div id={line} aria-live="polite" className="text-tiny">
        {error ? (
          <FieldError text={error} />
        ) : (
          hint && <div className="mt-2 text-ink-3">{hint}</div>
        )}
      </div>
    </div>
  )
}

function FieldError({ text }: { text: string }) {
  return (
    <p className="mt-2 flex gap-2 text-rose">
      <CircleAlert size={14} aria-hidden className="mt-px" />
      {text}
    </p>
  )
}
