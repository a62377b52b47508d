import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from '@/ui/Button'
import { t } from '@/ui/text'

interface Props {
  title: string
  lead: string
  submit: string
  busy?: boolean
  onBack?: () => void
  onSubmit: () => void
  children: ReactNode
}

/** One question of the wizard: heading, fields, back and on. */
export function StepForm({ title, lead, submit, busy, onBack, onSubmit, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    // A new step is announced by its heading unless a field takes the focus.
    const field = form.current?.querySelector<HTMLElement>('input:not([type=hidden])')
    ;(field ?? heading.current)?.focus()
  }, [])
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) onSubmit()
      }}
    >
      <h1
        ref={heading}
        tabIndex={-1}
        className="serif text-balance text-page outline-none tablet:text-wizard"
      >
        {title}
      </h1>
      <p className="mt-2.5 mb-[1.875rem] max-w-[31.25rem] text-pretty text-lead text-ink-2 phone:mb-6">
        {lead}
      </p>
      {children}
      <div className="mt-[2.125rem] flex items-center justify-between gap-2.5">
        {onBack ? (
          <Button look="ghost" size="large" onClick={onBack} className="-ml-6">
            <ArrowLeft size={18} aria-hidden />
            {t('accounts.setup.back')}
          </Button>
        ) : (
          <span />
        )}
        <Button type="submit" look="primary" size="large" busy={busy ?? false}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
