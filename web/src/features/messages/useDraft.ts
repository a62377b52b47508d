import { type RefObject, useEffect, useState } from 'react'
import { draftOf, holdDraft, keepDraft, releaseDraft, useDraftNews } from '@/api/drafts'
import { type Shown, show, toMarkdown } from './shown'

interface Drafted {
  shown: Shown
  /** The same as Markdown: what is kept, and sent. */
  markdown: string
  change(next: Shown): void
  /** The field was left, or what it held was sent. */
  release(): void
}

/**
 * The text being written, kept per place or thread, also over a reload and on other devices. What
 * waited for files is gone when that wait is over.
 */
export function useDraft(key: string, held: boolean): Drafted {
  const [shown, setShown] = useState(() => show(draftOf(key)))
  const news = useDraftNews(key)
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again after a wait, and on news
  useEffect(() => {
    setShown((now) => (toMarkdown(now) === draftOf(key) ? now : show(draftOf(key))))
    return () => releaseDraft(key)
  }, [key, held, news])
  return {
    shown,
    markdown: toMarkdown(shown),
    change: (next) => {
      setShown(next)
      holdDraft(key)
      keepDraft(key, toMarkdown(next))
    },
    release: () => releaseDraft(key),
  }
}

/** A draft goes on at its end. Fingers put the caret themselves. */
export function useCaret(
  key: string,
  field: RefObject<HTMLTextAreaElement | null>,
  touch: () => boolean,
): void {
  useEffect(() => {
    const end = show(draftOf(key)).text.length
    if (end > 0 && !touch()) field.current?.setSelectionRange(end, end)
  }, [key, field, touch])
}
