import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from 'react'
import { cx } from './cx'

/** The ground of every field: one tone raised, a soft ring for focus, rose for a wrong value. */
export const fieldSurface =
  'w-full rounded-row bg-(--raised) px-3 text-ui text-ink-1 outline-[1.5px] outline-transparent outline-offset-0 transition-[outline-color] focus:outline-field-focus aria-invalid:outline-rose disabled:text-ink-3'

type InputProps = InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }

/** One line of text. */
export function Input({ className, ...rest }: InputProps) {
  return <input dir="auto" {...rest} className={cx(fieldSurface, 'h-11', className)} />
}

type TextAreaProps = TextareaHTMLAttributes<HTMLTextAreaElement> & {
  ref?: Ref<HTMLTextAreaElement>
}

/** Several lines of text; it grows with what is written. */
export function TextArea({ className, ...rest }: TextAreaProps) {
  return (
    <textarea
      dir="auto"
      rows={3}
      {...rest}
      className={cx(
        fieldSurface,
        'field-sizing-content block min-h-11 resize-none py-3',
        className,
      )}
    />
  )
}
