const OVER = '[role=menu],[role=dialog],[role=alertdialog],[data-radix-focus-guard]'

let last: HTMLElement | null = null

addEventListener('focusin', ({ target }) => {
  if (target instanceof HTMLElement && !target.closest(OVER)) last = target
})

/**
 * Where the focus goes when what lay over the page has closed: to what had it on the page. What
 * opened a dialog may be an item of a menu that is gone by then.
 */
export function focusBack(event: Event): void {
  event.preventDefault()
  const home = last?.isConnected ? last : document.getElementById('content')
  home?.focus()
}
