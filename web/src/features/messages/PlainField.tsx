import { type KeyboardEvent, type RefObject, useImperativeHandle } from 'react'
import { pasteFiles } from '@/features/files/add'
import type { Writing } from './field'
import type { Shown } from './shown'
import { touch } from './touch'
import { useCaret } from './useDraft'
import { useGrowing } from './useGrowing'
import { useNamedField } from './useNamedField'

interface Props {
  area: RefObject<HTMLTextAreaElement | null>
  field: RefObject<Writing | null>
  channelId: string
  line: string
  frame: RefObject<HTMLElement | null>
  draft: string
  shown: Shown
  label: string
  held: boolean
  change(next: Shown): void
  release(): void
  send(): void
  onEditLast(): void
  /** True where a key asked for formatting. */
  onChord(event: KeyboardEvent): boolean
}

/** The plain field: it is there first, and with fingers it stays. */
export function PlainField(props: Props) {
  const { area, field, channelId, line, frame, shown, change, label, held } = props
  const naming = useNamedField({ channelId, line, field: area, frame, shown, change })
  useImperativeHandle(field, () => ({ focus: () => area.current?.focus() }), [area])
  useGrowing(area, shown.text, Math.round(innerHeight * 0.4))
  useCaret(props.draft, area, touch)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || naming.onKey(event) || props.onChord(event)) return
    if (event.key === 'ArrowUp' && shown.text === '') {
      event.preventDefault()
      props.onEditLast()
    }
    if (event.key !== 'Enter' || event.shiftKey || touch()) return
    event.preventDefault()
    props.send()
  }
  return (
    <>
      {naming.list}
      <textarea
        {...naming.props}
        ref={area}
        value={shown.text}
        rows={1}
        dir="auto"
        readOnly={held}
        enterKeyHint={touch() ? 'enter' : 'send'}
        aria-label={label}
        placeholder={label}
        onBlur={() => {
          naming.props.onBlur()
          props.release()
        }}
        onKeyDown={onKeyDown}
        onPaste={(event) => held || pasteFiles(props.draft, event)}
        className="min-w-0 flex-1 resize-none overflow-hidden placeholder-shown:whitespace-nowrap placeholder-shown:[mask-image:linear-gradient(to_right,black_calc(100%-1.5rem),transparent)] bg-transparent py-1.5 pr-1.5 pointer-coarse:py-2.5 text-message outline-none"
      />
    </>
  )
}
