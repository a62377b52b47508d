import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './Button'
import { IconButton } from './IconButton'
import { t } from './text'

/** Copies, and says so for two seconds. */
export function CopyButton({
  text,
  small,
  label,
  focused,
}: {
  text: string
  small?: boolean
  label?: string
  /** It comes where the button was that made what there is to copy. */
  focused?: boolean
}) {
  const [done, setDone] = useState(false)
  useEffect(() => {
    if (!done) return
    const timer = setTimeout(() => setDone(false), 2000)
    return () => clearTimeout(timer)
  }, [done])
  const copy = () => navigator.clipboard.writeText(text).then(() => setDone(true))
  const words = done ? t('ui.copied') : (label ?? t('ui.copy'))
  const Icon = done ? Check : Copy
  if (small) return <IconButton icon={Icon} label={words} small onClick={copy} />
  return (
    <Button look="raised" size="small" autoFocus={focused} onClick={copy}>
      <Icon size={16} aria-hidden />
      <span aria-live="polite">{words}</span>
    </Button>
  )
}
