import { lazy, type RefObject, Suspense, useId, useMemo, useRef, useState } from 'react'
import { type Query, queryAt, type Suggestion } from './completion'
import type { Press } from './field'
import type { Shown } from './shown'

const CompletionList = lazy(() =>
  import('./CompletionList').then((part) => ({ default: part.CompletionList })),
)

/** What is asked of a field: its words, and where the caret stands in them. */
export type Lettered = Pick<HTMLTextAreaElement, 'value' | 'selectionStart' | 'selectionEnd'>

interface Options {
  channelId: string
  /** The line of messages one writes in: who spoke in it comes first. */
  line: string
  field: RefObject<Lettered | null>
  frame: RefObject<HTMLElement | null>
  shown: Shown
  /** This was chosen for what stands from the sign to the caret. */
  onChoose(item: Suggestion, query: Query, caret: number): void
}

const CLOSED = -1

/** Completes names in a field: the keys for it, and the list. What is offered loads with it. */
export function useCompletion({ channelId, line, field, frame, shown, onChoose }: Options) {
  const id = useId()
  const keys = useRef<(event: Press) => boolean>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const [caret, setCaret] = useState(CLOSED)
  const [left, setLeft] = useState<number | null>(null)
  const query = useMemo(() => queryIn(shown, caret), [shown, caret])
  const wanted = query && query.from !== left ? query : null
  const look = () => {
    const area = field.current
    const next = area && area.selectionStart === area.selectionEnd ? area.selectionStart : CLOSED
    setCaret(next)
    // Esc was for this name; where another is begun it is forgotten.
    if (left !== null && queryAt(area?.value ?? '', next)?.from !== left) setLeft(null)
  }
  const list = wanted && (
    <Suspense>
      <CompletionList
        {...{ id, channelId, line, frame, keys, query: wanted }}
        onCurrent={setCurrent}
        onChoose={(item) => {
          onChoose(item, wanted, caret)
          setLeft(wanted.from)
        }}
        onLeave={() => setLeft(wanted.from)}
      />
    </Suspense>
  )
  return {
    list,
    look,
    close: () => setCaret(CLOSED),
    /** True when the key was for the list. */
    onKey: (event: Press) => keys.current?.(event) ?? false,
    // A field of several lines stays a text box: only those of one line may be a combobox.
    aria: {
      'aria-autocomplete': 'list',
      'aria-controls': current ? id : undefined,
      'aria-activedescendant': current ?? undefined,
    } as const,
  }
}

/** What is completed at the caret; a name that stands already is not begun anew. */
function queryIn({ text, calls }: Shown, caret: number): Query | null {
  const query = caret === CLOSED ? null : queryAt(text, caret)
  return query && calls.some(({ from, to }) => query.from < to && caret > from) ? null : query
}
