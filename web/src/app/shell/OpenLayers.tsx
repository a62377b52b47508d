import { useNavigate } from '@tanstack/react-router'
import { BlockDialog } from '@/features/accounts/BlockDialog'
import { StatusDialog } from '@/features/accounts/StatusDialog'
import { ChannelDialogs } from '@/features/channels/ChannelDialogs'
import { GroupDialogs } from '@/features/groups/GroupDialogs'
import { setLayer, useLayers } from './layers'
import { Palette } from './Palette'
import { ShortcutList } from './ShortcutList'
import { useWays } from './ways'

/** Whatever lies over the page right now. */
export function OpenLayers() {
  const { palette, shortcuts, status } = useLayers()
  const go = useWays()
  const navigate = useNavigate()
  return (
    <>
      {palette && <Palette />}
      {shortcuts && <ShortcutList />}
      {status && <StatusDialog onClose={() => setLayer({ status: false })} />}
      <BlockDialog />
      <GroupDialogs onEnter={go.group} onLeft={() => void navigate({ to: '/' })} />
      <ChannelDialogs onOpen={go.channel} />
    </>
  )
}
