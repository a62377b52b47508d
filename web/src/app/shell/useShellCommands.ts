import { useMemo } from 'react'
import { useMedia, widths } from '@/ui/useMedia'
import type { Command } from './commands'
import { groupCommands } from './groupCommands'
import { useHere } from './here'
import { goCommands, houseCommands } from './houseCommands'
import { placeCommands } from './placeCommands'
import { type Scope, useWays } from './ways'

/** The one registry: keys, palette, menus and the list of shortcuts all read it. */
export function useShellCommands(): Command[] {
  const { channel, channelId, group } = useHere()
  const go = useWays()
  const phone = useMedia(widths.phone)
  return useMemo(() => {
    const scope: Scope = { channel, channelId, group, go }
    const all = [
      ...goCommands(scope),
      ...placeCommands(scope),
      ...groupCommands(scope),
      ...houseCommands(scope),
    ]
    // On a phone the list is a page, and there are no keys to list.
    return phone ? all.filter(({ id }) => id !== 'list' && id !== 'shortcuts') : all
  }, [channel, channelId, group, go, phone])
}
