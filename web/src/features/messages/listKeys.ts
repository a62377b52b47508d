import type { KeyboardEvent } from 'react'
import { entities } from '@/api/entities'
import { actionsFor } from './actions'
import type { Talk } from './context'
import type { Row } from './rows'

/** Keys of a list whose rows take the focus in turn: arrows move, letters act on the message. */
export function onListKey(
  event: KeyboardEvent,
  rows: readonly Row[],
  talk: Talk,
  focusRow: (index: number) => void,
): void {
  const key = (event.target as HTMLElement).dataset.row
  if (key === undefined || event.ctrlKey || event.metaKey || event.altKey) return
  const at = rows.findIndex((row) => row.key === key)
  const steps: Record<string, number> = {
    ArrowUp: at - 1,
    ArrowDown: at + 1,
    Home: 0,
    End: rows.length - 1,
  }
  const to = steps[event.key]
  if (to !== undefined) {
    event.preventDefault()
    if (rows[to]) focusRow(to)
    return
  }
  const message = entities.get('message', rows[at]?.id ?? '')
  const wanted = event.key.toLowerCase()
  const action = message && actionsFor(message, talk).find((one) => one.key === wanted)
  if (!action) return
  event.preventDefault()
  action.run()
}
