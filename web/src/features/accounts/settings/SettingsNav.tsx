import { Link } from '@tanstack/react-router'
import { LogOut, type LucideIcon } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { signOut, useSession } from '@/api/session'
import { cx } from '@/ui/cx'
import { type TextId, t } from '@/ui/text'
import { type SettingsSection, sectionsOf } from './sections'

const row =
  'flex h-[2.125rem] items-center gap-2.5 whitespace-nowrap rounded-row px-2.5 transition-colors pointer-coarse:h-11'
const idle = 'font-book text-ink-2 hover:bg-stone-2'
const active = {
  className: 'bg-stone-3 font-strong text-ink-1 tablet:light:bg-stone-2 tablet:light:shadow-row',
}

/** The parts of the settings: a list beside the sheet, a row of tabs on a phone. */
export function SettingsNav() {
  const nav = useRef<HTMLElement>(null)
  const { own, workspace } = sectionsOf(useSession().me)
  // The row of tabs is wider than a phone: the one that is open stays in view.
  useEffect(() => {
    const open = nav.current?.querySelector('[aria-current=page]')
    open?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [])
  return (
    <nav
      ref={nav}
      aria-label={t('accounts.settings.title')}
      className="flex gap-1 phone:-mx-4 phone:overflow-x-auto phone:px-1.5 phone:[scrollbar-width:none] tablet:flex-col tablet:gap-0.5"
    >
      {own.map((section) => (
        <SectionLink key={section.id} {...section} />
      ))}
      {workspace.length > 0 && (
        <p className="px-2.5 pt-5 pb-1 font-strong text-ink-3 text-tiny phone:hidden">
          {t('accounts.settings.workspace')}
        </p>
      )}
      {workspace.map((section) => (
        <SectionLink key={section.id} {...section} />
      ))}
      <button
        type="button"
        onClick={() => void signOut()}
        className={cx(row, idle, 'mt-5 phone:hidden')}
      >
        <LogOut size={18} aria-hidden />
        {t('accounts.signOut')}
      </button>
    </nav>
  )
}

function SectionLink(props: { id: SettingsSection; icon: LucideIcon; name: TextId }) {
  const { id, icon: Icon, name } = props
  return (
    <Link
      to="/settings/$section"
      params={{ section: id }}
      className={row}
      activeProps={active}
      inactiveProps={{ className: idle }}
    >
      <Icon size={18} aria-hidden className="phone:hidden" />
      {t(name)}
    </Link>
  )
}
