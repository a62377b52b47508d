import type { LucideIcon } from 'lucide-react'
import { createContext, use } from 'react'

/** Under which heading a command stands in the list of shortcuts. */
export type CommandSection = 'go' | 'place' | 'group' | 'house'

/** One thing that can be done from here: by its keys, in the palette, or in a menu. */
export interface Command {
  id: string
  text: string
  icon: LucideIcon
  section: CommandSection
  /** As in `mod+k`; the same in the tooltip, the palette and the list. */
  keys?: string
  /** Moves that make no sense in a list of things to do. */
  keysOnly?: boolean
  danger?: boolean
  run: () => void
}

type More = Pick<Command, 'keys' | 'keysOnly' | 'danger'>

/** Makes the commands of one section, a line each. */
export function commandsOf(section: CommandSection) {
  return (
    id: string,
    text: string,
    icon: LucideIcon,
    run: () => void,
    more: More = {},
  ): Command => ({
    id,
    text,
    icon,
    section,
    run,
    ...more,
  })
}

/** What can be done right now, and where: given by `Shell`. */
export const CommandsContext = createContext<readonly Command[]>([])

/** Everything that can be done from here. */
export function useCommands(): readonly Command[] {
  return use(CommandsContext)
}

/** One command, if it can be done from here. */
export function useCommand(id: string): Command | undefined {
  return useCommands().find((command) => command.id === id)
}
