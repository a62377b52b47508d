import { cell, useCell } from '@/api/store'
import { kept } from '@/ui/kept'

/** Whether this device shows notifications outside of the page. */
const desktopOn = kept('desktop.on', false)
/** Whether they hold names and words. */
export const desktopWords = kept('desktop.words', true)
/** Whether it was offered here once and declined. */
export const desktopDeclined = kept('desktop.declined', false)

/** Why nothing can be shown, or whether it is. `missing`: this browser has no such thing here.
 * `insecure`: browsers give it only to encrypted pages. `blocked`: it was forbidden there. */
export type DesktopState = 'missing' | 'insecure' | 'blocked' | 'off' | 'on'

function permission(): NotificationPermission | 'missing' | 'insecure' {
  if (!isSecureContext) return 'insecure'
  // On Android a page has the name and may not use it.
  if (!('Notification' in globalThis) || /Android/.test(navigator.userAgent)) return 'missing'
  return Notification.permission
}

const allowed = cell(permission())
const look = () => allowed.set(permission())

// It is changed in the browser's own settings, mostly while the page lies behind them.
addEventListener('focus', look)
void navigator.permissions
  ?.query({ name: 'notifications' })
  .then((status) => status.addEventListener('change', look))
  .catch(() => undefined)

function stateOf(now: ReturnType<typeof permission>, on: boolean): DesktopState {
  if (now === 'missing' || now === 'insecure') return now
  if (now === 'denied') return 'blocked'
  return now === 'granted' && on ? 'on' : 'off'
}

/** How it stands with notifications on this device. */
export function useDesktop(): DesktopState {
  return stateOf(useCell(allowed), desktopOn.use())
}

/** The same, outside of React and as it is at this moment. */
export function desktopState(): DesktopState {
  return stateOf(permission(), desktopOn.get())
}

/** Turns them on, asking the browser if it was never asked, or off. Call from a click only. */
export async function turnDesktop(on: boolean): Promise<void> {
  if (on && permission() === 'default') await Notification.requestPermission()
  look()
  desktopOn.set(on && permission() === 'granted')
}
