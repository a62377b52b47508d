import type { ReactNode } from 'react'
import { cx } from './cx'
import { Drawing, type DrawingName } from './Drawing'

interface Props {
  drawing: DrawingName
  title: string
  /** One sentence: what would be here, and how it gets here. */
  text?: ReactNode
  /** The next step, one button. */
  action?: ReactNode
  /** It is the whole page, not a part of one. */
  page?: boolean
}

/** Nothing here yet, and what to do about it. */
export function EmptyState({ drawing, title, text, action, page }: Props) {
  const Frame = page ? 'main' : 'div'
  const Heading = page ? 'h1' : 'h2'
  return (
    <Frame className={cx('grid place-items-center p-6', page ? 'page-surface' : 'h-full')}>
      <div className="flex max-w-sm flex-col items-center text-center">
        <Drawing name={drawing} />
        <Heading dir="auto" className="serif mt-5 text-group">
          {title}
        </Heading>
        {text && <p className="mt-1.5 text-pretty text-ink-2">{text}</p>}
        {action && <div className="mt-6">{action}</div>}
      </div>
    </Frame>
  )
}
