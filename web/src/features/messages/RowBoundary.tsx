import { Component, type ReactNode } from 'react'
import { t } from '@/ui/text'

interface Props {
  /** What is shown; a new one gets a new chance. */
  subject: unknown
  children: ReactNode
}

/** One message that cannot be drawn costs one row, never the page. */
export class RowBoundary extends Component<Props, { broken: unknown }> {
  override state = { broken: undefined as unknown }

  static getDerivedStateFromError(): { broken: unknown } {
    return { broken: true }
  }

  override componentDidUpdate(before: Props): void {
    if (before.subject !== this.props.subject && this.state.broken) {
      this.setState({ broken: undefined })
    }
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children
    return (
      <p role="note" className="col-span-2 py-1 pl-[3.125rem] text-ink-3 text-small italic">
        {t('messages.broken')}
      </p>
    )
  }
}
