type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>

const NAMES: Record<string, string> = {
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
}

const apple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

/** Whether a key press is this combination. `typing` is true while a field has the focus. */
export function matches(
  combination: string,
  event: Pressed,
  typing: boolean,
  mac = apple,
): boolean {
  const parts = combination.split('+')
  const key = parts.at(-1) ?? ''
  const wants = (name: string) => parts.slice(0, -1).includes(name)
  const mod = mac ? event.metaKey : event.ctrlKey
  const other = mac ? event.ctrlKey : event.metaKey
  if (wants('mod') !== mod || other || wants('alt') !== event.altKey) return false
  const named = key.length > 1
  // A sign such as "?" needs Shift on some keyboards and not on others.
  const letter = /^[a-z]$/.test(key)
  if ((named || letter || wants('shift')) && wants('shift') !== event.shiftKey) return false
  // A plain sign in a field is text.
  if (!named && typing && !wants('mod') && !wants('alt')) return false
  return event.key.toLowerCase() === (NAMES[key] ?? key) || byPosition(key, event, typing)
}

/** Where Alt writes other letters (a Mac), the key's position counts, but not while one types. */
function byPosition(key: string, event: Pressed, typing: boolean): boolean {
  return event.altKey && !typing && event.code === `Key${key.toUpperCase()}`
}

/** Whether keys go into a field right now. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

/** Whether something lies over the page that takes the keys first. */
export function isCovered(): boolean {
  return document.querySelector('[role=dialog],[role=alertdialog],[role=menu]') !== null
}
