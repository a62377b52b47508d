import { type ReactNode, useId } from 'react'
import { Button } from './Button'
import { Dialog } from './Dialog'
import { t } from './text'

interface Props {
  title: string
  description?: ReactNode
  /** The verb on the main button. */
  submit: string
  busy: boolean
  onSubmit: () => void
  onClose: () => void
  width?: 'narrow' | 'normal'
  /** The fields. */
  children: ReactNode
}

/** A few fields in a dialog; Enter sends them, Escape leaves them. */
export function FormDialog(props: Props) {
  const form = useId()
  return (
    <Dialog
      open
      width={props.width ?? 'narrow'}
      onOpenChange={props.onClose}
      title={props.title}
      description={props.description}
      actions={
        <>
          <Button look="ghost" onClick={props.onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" form={form} look="primary" busy={props.busy}>
            {props.submit}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!props.busy) props.onSubmit()
        }}
        className="grid gap-4"
      >
        {props.children}
      </form>
    </Dialog>
  )
}
