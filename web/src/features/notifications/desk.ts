import type { Told } from '@/api/types'
import { desktopState } from '@/features/accounts/desktop'
import { type DeskWays, mayShow } from './mayShow'

let ways: DeskWays | null = null
// The rest is fetched by those who turned it on, when the first is told.
const rest = () => import('./desktop')

/** The shell is there, or gone. */
export function setDeskWays(next: DeskWays | null): void {
  ways = next
}

/** Something came: this device may show it outside of the page. */
export function deskTold(told: Told): void {
  if (!mayShow(told)) return
  const known = ways
  if (known) void rest().then(({ show }) => show(told, known))
}

/** Some were read, here or elsewhere; these are not. */
export function deskRead(unread: readonly string[]): void {
  if (desktopState() === 'on') void rest().then(({ keep }) => keep(unread))
}

/** One is gone with what it told of. */
export function deskGone(id: string): void {
  if (desktopState() === 'on') void rest().then(({ close }) => close(id))
}
