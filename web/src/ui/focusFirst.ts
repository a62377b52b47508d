const FIELD = 'input:not([type=hidden], :disabled), textarea:not(:disabled)'

/**
 * Where the focus goes in what has just opened: to its first field, else to the whole. Never to a
 * button: its tooltip would open and take the first Escape for itself.
 */
export function focusFirst(event: Event): void {
  const { target } = event
  if (!(target instanceof HTMLElement)) return
  event.preventDefault()
  const first =
    target.querySelector<HTMLElement>('[autofocus]') ?? target.querySelector<HTMLElement>(FIELD)
  ;(first ?? target).focus()
}
