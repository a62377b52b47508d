import { type RefObject, useId, useMemo, useState } from 'react'
import { CompletionList } from './CompletionList'
import { type Found, type Query, queryAt, suggest } from './completion'
import type { Shown } from './shown'
import { useSuggestions } from './useSuggestions'

/** What is asked of a field: its words, and where the caret stands in them. */
export type Lettered = Pick<HTMLTextAreaElement, 'value' | 'selectionStart' | 'selectionEnd'>

/** A key as the page or React tells it. */
type Press = Pick<
  KeyboardEvent,
  'key' | 'shiftKey' | 'altKey' | 'metaKey' | 'ctrlKey' | 'preventDefault'
>

interface Options {
  channelId: string
  /** The line of messages one writes in: who spoke in it comes first. */
  line: string
  field: RefObject<Lettered | null>
  frame: RefObject<HTMLElement | null>
  shown: Shown
  /** Something was chosen for what stands from the sign to the caret. */
  onChoose(found: Found, query: Query, caret: number): void
}

const CLOSED = -1

/** Completes names in a field: what is offered, the keys for it, and the list itself. */
export function useCompletion({ channelId, line, field, frame, shown, onChoose }: Options) {
  const id = useId()
  const [caret, setCaret] = useState(CLOSED)
  const [left, setLeft] = useState<number | null>(null)
  const [at, setAt] = useState(0)
  const query = useMemo(() => queryIn(shown, caret), [shown, caret])
  const wanted = query && query.from !== left ? query : null
  const suggestions = useSuggestions(channelId, line, wanted?.sign ?? null)
  const found = useMemo(
    () => (wanted ? suggest(suggestions, wanted.typed, Date.now()) : []),
    [suggestions, wanted],
  )
  const current = Math.min(at, found.length - 1)
  const choose = (one: Found) => {
    if (!wanted) return
    onChoose(one, wanted, caret)
    setLeft(wanted.from)
  }
  const look = () => {
    const area = field.current
    const next = area && area.selectionStart === area.selectionEnd ? area.selectionStart : CLOSED
    if (next === caret) return
    setCaret(next)
    setAt(0)
    // Esc was for this name; where no name is begun it is forgotten.
    if (left !== null && queryAt(area?.value ?? '', next)?.from !== left) setLeft(null)
  }
  /** True when the key was for the list. */
  const onKey = (event: Press): boolean => {
    const one = found[current]
    if (!one || !wanted || event.shiftKey || event.altKey || event.metaKey || event.ctrlKey) {
      return false
    }
    if (event.key === 'ArrowDown') setAt((current + 1) % found.length)
    else if (event.key === 'ArrowUp') setAt((current + found.length - 1) % found.length)
    else if (event.key === 'Enter' || event.key === 'Tab') choose(one)
    else if (event.key === 'Escape') setLeft(wanted.from)
    else return false
    event.preventDefault()
    return true
  }
  const open = found.length > 0
  return {
    onKey,
    look,
    close: () => setCaret(CLOSED),
    // A field of several lines stays a text box: only those of one line may be a combobox.
    aria: {
      'aria-autocomplete': 'list',
      'aria-controls': open ? id : undefined,
      'aria-activedescendant': open ? `${id}-${current}` : undefined,
    } as const,
    list: open && wanted && (
      <CompletionList
        {...{ id, found, current, frame }}
        sign={wanted.sign}
        onChoose={choose}
        onPoint={setAt}
      />
    ),
  }
}

/** What is completed at the caret; a name that stands already is not begun anew. */
function queryIn({ text, calls }: Shown, caret: number): Query | null {
  const query = caret === CLOSED ? null : queryAt(text, caret)
  return query && calls.some(({ from, to }) => query.from < to && caret > from) ? null : query
}
