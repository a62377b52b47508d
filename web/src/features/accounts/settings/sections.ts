import { Ban, Bell, Laptop, type LucideIcon, Palette, ShieldCheck, UserRound } from 'lucide-react'
import type { TextId } from '@/ui/text'

/** The parts of a person's own settings, as they stand in the address. */
export type SettingsSection =
  | 'profile'
  | 'appearance'
  | 'notifications'
  | 'blocked'
  | 'password'
  | 'devices'

/** All of them, in order. */
export const sections: { id: SettingsSection; icon: LucideIcon; name: TextId }[] = [
  { id: 'profile', icon: UserRound, name: 'accounts.settings.profile' },
  { id: 'appearance', icon: Palette, name: 'accounts.settings.appearance' },
  { id: 'notifications', icon: Bell, name: 'accounts.settings.notifications' },
  { id: 'blocked', icon: Ban, name: 'accounts.settings.blocked' },
  { id: 'password', icon: ShieldCheck, name: 'accounts.settings.password' },
  { id: 'devices', icon: Laptop, name: 'accounts.settings.devices' },
]
