import { Link, useLocation } from '@tanstack/react-router'
import { Bell, House, MessagesSquare, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSession } from '@/api/session'
import { useGroupsTally, useTalksTally } from '@/features/channels/tallies'
import { useCounting } from '@/features/notifications/api'
import { Avatar } from '@/ui/Avatar'
import { CountBadge } from '@/ui/Badge'
import { cx } from '@/ui/cx'
import { t } from '@/ui/text'
import { setLayer } from './layers'

const tab =
  'relative flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 font-medium text-badge'

/** The foot of a phone: the ways that exist. Inside a channel the composer stands here instead. */
export function BottomBar() {
  const { pathname } = useLocation()
  const groups = useGroupsTally().mentions
  const talks = useTalksTally().mentions
  const told = useCounting()
  const { me } = useSession()
  if (pathname.startsWith('/c/')) return null
  const elsewhere = ['/dm', '/activity', '/settings'].find((one) => pathname.startsWith(one))
  const look = (on: boolean) => cx(tab, on ? 'font-bold text-ink-1' : 'text-ink-3')
  return (
    <nav
      aria-label={t('shell.bar')}
      className="flex shrink-0 bg-stone-0 px-1.5 pb-[env(safe-area-inset-bottom)] tablet:hidden"
    >
      <Link to="/" className={look(!elsewhere)}>
        <Tabbed icon={<House size={22} aria-hidden />} name={t('shell.home')} />
        <Waiting count={groups} label={t('channels.mentions', { count: groups })} />
      </Link>
      <Link to="/dm" className={look(elsewhere === '/dm')}>
        <Tabbed icon={<MessagesSquare size={22} aria-hidden />} name={t('channels.talks')} />
        <Waiting count={talks} label={t('channels.talk.waiting', { count: talks })} />
      </Link>
      <Link to="/activity" className={look(elsewhere === '/activity')}>
        <Tabbed icon={<Bell size={22} aria-hidden />} name={t('notifications.title')} />
        <Waiting count={told} label={t('notifications.count', { count: told })} />
      </Link>
      <button type="button" onClick={() => setLayer({ palette: true })} className={look(false)}>
        <Tabbed icon={<Search size={22} aria-hidden />} name={t('shell.search')} />
      </button>
      <Link
        to="/settings/$section"
        params={{ section: 'profile' }}
        className={look(elsewhere === '/settings')}
      >
        <Tabbed icon={me && <Avatar person={me} size={24} />} name={t('shell.you')} />
      </Link>
    </nav>
  )
}

function Waiting({ count, label }: { count: number; label: string }) {
  if (count === 0) return null
  return (
    <span className="absolute top-1 left-1/2 ml-1 grid rounded-full shadow-[0_0_0_3px_var(--stone-0)]">
      <CountBadge small count={count} label={label} />
    </span>
  )
}

function Tabbed({ icon, name }: { icon: ReactNode; name: string }) {
  return (
    <>
      <span className="grid h-6 place-items-center">{icon}</span>
      <span>{name}</span>
    </>
  )
}
