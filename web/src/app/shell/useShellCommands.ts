import { useMemo } from 'react'
import { useMedia, widths } from '@/ui/useMedia'
import type { Command } from './commands'
import { groupCommands } from './groupCommands'
import { useHere } from './here'
import { goCommands, houseCommands } from './houseCommands'
import { placeCommands } from './placeCommands'
import { talkCommands } from './talkCommands'
import { type Scope, useWays } from './ways'

/** The one registry: keys, palette, menus and the list of shortcuts all read it. */
export function useShellCommands(): Command[] {
  const { channel, channelId, group, talks } = useHere()
  const go = useWays()
  const phone = useMedia(widths.phone)
  return useMemo(() => {
    const scope: Scope = { channel, channelId, group, talks, go }
    const all = [
      ...goCommands(scope),
      ...placeCommands(scope),
      ...talkCommands(scope),
      ...groupCommands(scope),
      ...houseCommands(scope),
    ]
    // On a phone the list is a page, and there are no keys to list.
    return phone ? all.filter(({ id }) => id !== 'list' && id !== 'shortcuts') : all
  }, [channel, channelId, group, talks, go, phone])
}
