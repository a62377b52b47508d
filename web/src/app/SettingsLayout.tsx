import { Outlet } from '@tanstack/react-router'
import { SettingsNav } from '@/features/accounts/settings/SettingsNav'
import { t } from '@/ui/text'

/** The settings beside their list of parts. */
export function SettingsLayout() {
  return (
    <div className="h-full tablet:grid tablet:grid-cols-[16.5rem_minmax(0,1fr)]">
      <aside className="pt-2 pr-3 pl-1 phone:hidden">
        <p className="serif flex h-14 items-center pl-2.5 text-group">
          {t('accounts.settings.title')}
        </p>
        <SettingsNav />
      </aside>
      <main className="sheet-surface min-h-0 overflow-hidden phone:h-full tablet:my-2 tablet:mr-2 tablet:rounded-sheet">
        <Outlet />
      </main>
    </div>
  )
}
