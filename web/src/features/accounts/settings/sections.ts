import {
  Ban,
  Bell,
  KeyRound,
  Laptop,
  type LucideIcon,
  Palette,
  ShieldCheck,
  UserRound,
  UsersRound,
} from 'lucide-react'
import type { Me } from '@/api/types'
import type { TextId } from '@/ui/text'

/** The parts of the settings, as they stand in the address. */
export type SettingsSection =
  | 'profile'
  | 'appearance'
  | 'notifications'
  | 'blocked'
  | 'password'
  | 'devices'
  | 'people'
  | 'licence'

interface Section {
  id: SettingsSection
  icon: LucideIcon
  name: TextId
}

/** A person's own, in order. */
const own: Section[] = [
  { id: 'profile', icon: UserRound, name: 'accounts.settings.profile' },
  { id: 'appearance', icon: Palette, name: 'accounts.settings.appearance' },
  { id: 'notifications', icon: Bell, name: 'accounts.settings.notifications' },
  { id: 'blocked', icon: Ban, name: 'accounts.settings.blocked' },
  { id: 'password', icon: ShieldCheck, name: 'accounts.settings.password' },
  { id: 'devices', icon: Laptop, name: 'accounts.settings.devices' },
]

/** Those of the workspace, for who looks after it. */
const workspace: Section[] = [
  { id: 'people', icon: UsersRound, name: 'accounts.settings.people' },
  { id: 'licence', icon: KeyRound, name: 'accounts.settings.licence' },
]

/** The sections somebody has: one's own, and those of the workspace if one looks after it. */
export function sectionsOf(me: Me | null): { own: Section[]; workspace: Section[] } {
  const looksAfter = me?.workspace_role === 'owner' || me?.workspace_role === 'admin'
  return { own, workspace: looksAfter ? workspace : [] }
}
