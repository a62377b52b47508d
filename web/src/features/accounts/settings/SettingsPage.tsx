import { useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useSession } from '@/api/session'
import { t } from '@/ui/text'
import { useTitle } from '@/ui/useTitle'
import { LicencePage } from '../workspace/LicencePage'
import { PeoplePage } from '../workspace/PeoplePage'
import { AppearanceSettings } from './AppearanceSettings'
import { BlockedPeople } from './BlockedPeople'
import { DeviceSettings } from './DeviceSettings'
import { NotificationSettings } from './NotificationSettings'
import { PasswordSettings } from './PasswordSettings'
import { ProfileSettings } from './ProfileSettings'
import { SettingsNav } from './SettingsNav'
import { type SettingsSection, sectionsOf } from './sections'

const pages: Record<SettingsSection, ComponentType> = {
  profile: ProfileSettings,
  appearance: AppearanceSettings,
  notifications: NotificationSettings,
  blocked: BlockedPeople,
  password: PasswordSettings,
  devices: DeviceSettings,
  people: PeoplePage,
  licence: LicencePage,
}

/** One part of the settings, to be laid on the sheet. */
export function SettingsPage() {
  const params = useParams({ strict: false })
  const mine = sectionsOf(useSession().me)
  const all = [...mine.own, ...mine.workspace]
  const section = all.find(({ id }) => id === params.section) ?? all[0]
  const name = section ? t(section.name) : ''
  useTitle(name)
  if (!section) return null
  const Page = pages[section.id]
  return (
    <div className="flex h-full flex-col">
      <header className="flex h-[3.25rem] shrink-0 items-center px-4 tablet:h-[3.75rem] tablet:px-6">
        <h1 className="serif pt-0.5 text-group phone:text-page">{name}</h1>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-16 tablet:px-6">
        <div className="pt-1 pb-5 tablet:hidden">
          <SettingsNav />
        </div>
        <div className="mx-auto w-full max-w-[42rem] tablet:pt-3">
          <Page />
        </div>
      </div>
    </div>
  )
}
