import type { ReactNode } from 'react'
import { Button } from './Button'
import { CopyButton } from './CopyButton'
import { cx } from './cx'
import { Drawing, type DrawingName } from './Drawing'
import { t } from './text'

interface Props {
  drawing?: DrawingName
  /** What happened. */
  title: string
  /** Why, and what now. */
  text: ReactNode
  onRetry?: (() => void) | undefined
  /** Another way out, instead of trying again. */
  action?: ReactNode
  /** The short code an admin can look up. */
  code?: string | null | undefined
  /** It is the whole page, not a part of one. */
  page?: boolean
}

/** What happened, why, what now, and a code to quote. */
export function ErrorState(props: Props) {
  const { drawing = 'well', title, text, onRetry, action, code, page } = props
  const Frame = page ? 'main' : 'div'
  const Heading = page ? 'h1' : 'h2'
  return (
    <Frame className={cx('grid place-items-center p-6', page ? 'page-surface' : 'h-full')}>
      <div role="alert" className="flex max-w-sm flex-col items-center text-center">
        <Drawing name={drawing} />
        <Heading className="serif mt-5 text-group">{title}</Heading>
        <p className="mt-1.5 text-pretty text-ink-2">{text}</p>
        {(onRetry || action) && (
          <div className="mt-6 flex gap-2.5">
            {action}
            {onRetry && <Button onClick={onRetry}>{t('ui.error.retry')}</Button>}
          </div>
        )}
        {code && (
          <p className="mt-6 flex items-center gap-1 text-ink-3 text-tiny">
            {t('ui.error.code', { code })}
            <CopyButton text={code} small />
          </p>
        )}
      </div>
    </Frame>
  )
}
