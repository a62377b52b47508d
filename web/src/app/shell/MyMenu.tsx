import { Bookmark, LogOut, Palette, UserRound } from 'lucide-react'
import { useConnection } from '@/api/connection'
import { signOut, useSession } from '@/api/session'
import { usePresence, useWatch } from '@/features/presence/live'
import { Avatar, type PresenceState } from '@/ui/Avatar'
import { setAppearance, useAppearance } from '@/ui/appearance'
import { Menu, MenuChoice, MenuItem, MenuSeparator, MenuSub } from '@/ui/Menu'
import { t } from '@/ui/text'
import { MyState } from './MyState'
import { useOffline } from './OfflineBar'
import { useWays } from './ways'

/** With a line I am here, before the server has said so; without one I am not; between, nobody knows. */
function useMine(id: string, dnd: boolean): PresenceState | undefined {
  const { state } = useConnection()
  const known = usePresence(id)
  const offline = useOffline()
  if (offline || state === 'offline') return 'offline'
  if (state === 'connecting') return undefined
  if (dnd) return 'dnd'
  return known === 'offline' ? 'online' : known
}

/** My picture in the rail; under it what concerns only me. */
export function MyMenu() {
  const { me } = useSession()
  const go = useWays()
  useWatch(me ? [me.id] : [])
  const presence = useMine(me?.id ?? '', me?.dnd ?? false)
  if (!me) return null
  return (
    <Menu
      side="right"
      align="end"
      trigger={
        <button
          type="button"
          aria-label={t('shell.me', { name: me.name })}
          className="mt-1 shrink-0 rounded-full"
        >
          <Avatar person={me} size={38} presence={presence} />
        </button>
      }
    >
      <div className="px-2.5 pt-1.5 pb-2">
        <p dir="auto" className="truncate font-strong text-ink-1">
          {me.name}
        </p>
        <p className="truncate text-ink-3 text-small">{me.title || me.email}</p>
      </div>
      <MyState me={me} />
      <MenuSeparator />
      <MenuItem icon={UserRound} onSelect={() => go.settings('profile')}>
        {t('shell.profile')}
      </MenuItem>
      <MenuItem icon={Bookmark} onSelect={go.saved}>
        {t('messages.saved')}
      </MenuItem>
      <ThemeChoice />
      <MenuSeparator />
      <MenuItem icon={LogOut} onSelect={() => void signOut()}>
        {t('accounts.signOut')}
      </MenuItem>
    </Menu>
  )
}

function ThemeChoice() {
  const { theme } = useAppearance()
  return (
    <MenuSub icon={Palette} label={t('accounts.look.theme')}>
      <MenuChoice
        value={theme}
        options={[
          { value: 'dark', label: t('accounts.look.dark') },
          { value: 'light', label: t('accounts.look.light') },
          { value: 'system', label: t('accounts.look.system') },
        ]}
        onChange={(next) => setAppearance({ theme: next })}
      />
    </MenuSub>
  )
}
