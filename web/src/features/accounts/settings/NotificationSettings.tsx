import { DesktopSettings } from './DesktopSettings'
import { QuietSettings } from './QuietSettings'

/** What may ring, and when nothing does. */
export function NotificationSettings() {
  return (
    <>
      <DesktopSettings />
      <QuietSettings />
    </>
  )
}
