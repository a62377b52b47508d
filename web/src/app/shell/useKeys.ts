import { useEffect } from 'react'
import type { Command } from './commands'
import { isCovered, isTyping, matches } from './keys'

/** Runs commands by their keys. What closes something comes first and is not seen here. */
export function useKeys(commands: readonly Command[]): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isCovered()) return
      const typing = isTyping(event.target)
      const command = commands.find(({ keys }) => keys && matches(keys, event, typing))
      if (!command) return
      // Escape also ends what the conversation shows as new: it hears the key itself.
      if (event.key !== 'Escape') event.preventDefault()
      command.run()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [commands])
}
