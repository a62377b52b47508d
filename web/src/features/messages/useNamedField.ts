import { type ChangeEvent, type RefObject, useLayoutEffect, useRef } from 'react'
import { edited, type Shown, withCall } from './shown'
import { useCompletion } from './useCompletion'

interface Options {
  channelId: string
  line: string
  field: RefObject<HTMLTextAreaElement | null>
  /** What the list stands over: the field with all that belongs to it. */
  frame: RefObject<HTMLElement | null>
  shown: Shown
  change(next: Shown): void
}

/** A plain field in which names are completed and stay names. */
export function useNamedField({ channelId, line, field, frame, shown, change }: Options) {
  // A choice changes the text and then what it means, before either is drawn.
  const latest = useRef(shown)
  useLayoutEffect(() => {
    latest.current = shown
  }, [shown])
  const set = (next: Shown) => {
    latest.current = next
    change(next)
  }
  const { list, onKey, look, close, aria } = useCompletion({
    ...{ channelId, line, field, frame, shown },
    onChoose(item, { from }, caret) {
      const area = field.current
      if (!area) return
      const space = /^\s/.test(area.value.slice(caret)) ? '' : ' '
      replace(area, from, caret, item.insert + space)
      if (item.address) set(withCall(latest.current, from, item.address, item.insert))
    },
  })
  const onChange = ({ target }: ChangeEvent<HTMLTextAreaElement>) => {
    set(edited(latest.current, target.value, target.selectionStart))
    look()
  }
  return { list, onKey, props: { ...aria, onChange, onSelect: look, onBlur: close } }
}

/** Puts words as if they had been typed, so that Undo takes them back. */
function replace(area: HTMLTextAreaElement, from: number, to: number, words: string): void {
  area.focus()
  area.setSelectionRange(from, to)
  if (document.execCommand('insertText', false, words)) return
  area.setRangeText(words, from, to, 'end')
  area.dispatchEvent(new Event('input', { bubbles: true }))
}
