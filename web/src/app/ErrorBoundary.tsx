import { Component, type ReactNode } from 'react'
import { PageError } from './PageError'

/** The last net: whatever breaks outside a page ends here and not in a blank screen. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state = { error: null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    return this.state.error ? <PageError error={this.state.error} /> : this.props.children
  }
}
