import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { useBlocking } from '@/features/accounts/blocking'
import { useChannelDialog } from '@/features/channels/dialogs'
import { GalleryLayer } from '@/features/files/GalleryLayer'
import { useGroupDialog } from '@/features/groups/dialogs'
import { t } from '@/ui/text'
import { BottomBar } from './BottomBar'
import { CommandsContext } from './commands'
import { early, setLayer, useLayers } from './layers'
import { OfflineBar } from './OfflineBar'
import { Rail } from './Rail'
import { useUnreadSigns } from './signs'
import { useDesk } from './useDesk'
import { useKeys } from './useKeys'
import { useShellCommands } from './useShellCommands'

const layers = () => import('./OpenLayers')
// What comes when first asked for: fetched in a quiet moment, it is there without a line, too.
const later = [
  layers,
  () => import('./GroupPage'),
  () => import('./ActivityPage'),
  () => import('./ThreadsPage'),
  () => import('@/features/messages/ThreadPanel'),
  () => import('@/features/messages/ForwardDialog'),
  () => import('@/features/messages/HistoryDialog'),
  () => import('../SettingsLayout'),
  () => import('@/features/accounts/settings/SettingsPage'),
  () => import('@/features/files/FilesView'),
  () => import('@/features/files/Gallery'),
]
const fetchLater = () => later.forEach((part) => void part().catch(() => undefined))
const LayersNow = lazy(() => layers().then((module) => ({ default: module.OpenLayers })))

/** What stays while one goes from place to place: rail, keys, and whatever lies over the page. */
export function Shell() {
  const commands = useShellCommands()
  useKeys(commands)
  useUnreadSigns()
  useDesk()
  return (
    <CommandsContext value={commands}>
      <a
        href="#content"
        className="absolute top-2 left-2 z-50 -translate-y-20 rounded-row bg-float px-4 py-3 font-strong focus-visible:translate-y-0 focus-visible:shadow-float"
      >
        {t('shell.skip')}
      </a>
      <div className="flex h-full flex-col">
        <OfflineBar />
        <div className="flex min-h-0 flex-1">
          <Rail />
          <div id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
            <Outlet />
          </div>
        </div>
        <BottomBar />
      </div>
      <LazyLayers />
      <GalleryLayer />
    </CommandsContext>
  )
}

/** Dialogs and the palette come when first asked for; their code is fetched in a quiet moment. */
function LazyLayers() {
  const { palette, shortcuts, status } = useLayers()
  const group = useGroupDialog((state) => state.open !== null)
  const channel = useChannelDialog((state) => state.open !== null)
  const blocking = useBlocking((state) => state.asked !== null)
  useEffect(() => {
    const timer = setTimeout(fetchLater, 2000)
    return () => clearTimeout(timer)
  }, [])
  if (!palette && !shortcuts && !status && !group && !channel && !blocking) return null
  return (
    <Suspense fallback={palette ? <EarlyKeys /> : null}>
      <LayersNow />
    </Suspense>
  )
}

function takeKey(key: string): void {
  if (key === 'Escape') setLayer({ palette: false })
  else if (key === 'Enter') early.chosen = true
  else if (early.chosen) return
  else if (key === 'Backspace') early.typed = early.typed.slice(0, -1)
  else if (key.length === 1) early.typed += key
}

/** Keys pressed before the palette is there are meant for it, not for what lies below. */
function EarlyKeys() {
  useEffect(() => {
    Object.assign(early, { typed: '', chosen: false })
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      event.stopPropagation()
      takeKey(event.key)
    }
    addEventListener('keydown', onKey, true)
    return () => removeEventListener('keydown', onKey, true)
  }, [])
  return null
}
