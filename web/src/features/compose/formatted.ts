import { type ComponentType, type RefObject, useEffect, useRef, useState } from 'react'
import { formatted } from '@/ui/writing'
import type { MarkName } from './model'
import type { RichProps } from './RichField'
import type { Taken } from './taken'

type Field = ComponentType<RichProps>

const QUIET_MS = 400
const NOTHING: Taken = { selection: null, mark: null }
let loaded: Field | null = null

async function load(): Promise<Field> {
  const { default: field } = await import('./RichField')
  loaded = field
  return field
}

/**
 * The formatted field as soon as it is wanted and there; until then one writes in the plain one.
 * It takes over between two strokes, never within a word that is being composed.
 */
export function useFormatted(plain: RefObject<HTMLTextAreaElement | null>) {
  const wanted = formatted.use()
  const asked = useRef<Taken['mark'] | 'field'>(null)
  const [taken, setTaken] = useState<Taken | null>(() => (wanted && loaded ? NOTHING : null))
  useEffect(() => {
    if (!wanted) return setTaken(null)
    let gone = false
    const take = () => {
      if (gone) return
      const mark = asked.current === 'field' ? null : asked.current
      asked.current = null
      setTaken((before) => before ?? { selection: selectionOf(plain.current), mark })
    }
    const waiting = new AbortController()
    void load().then(
      () => gone || whenQuiet(plain.current, asked.current !== null, waiting.signal, take),
      // Out of reach: the plain field goes on, and the next visit tries again.
      () => {},
    )
    return () => {
      gone = true
      waiting.abort()
    }
  }, [wanted, plain])
  /** Formatting is asked for: by the button, or for the chosen words. */
  const ask = (mark: Taken['mark']) => {
    asked.current = mark ?? 'field'
    formatted.set(true)
  }
  return { Field: wanted && taken ? loaded : null, taken: taken ?? NOTHING, ask }
}

function selectionOf(area: HTMLTextAreaElement | null): Taken['selection'] {
  if (!area || document.activeElement !== area) return null
  return [area.selectionStart, area.selectionEnd]
}

/** Runs once nobody types, composes or chooses words in the field; at once where it was asked for. */
function whenQuiet(
  area: HTMLTextAreaElement | null,
  asked: boolean,
  signal: AbortSignal,
  run: () => void,
): void {
  let composing = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    const here = area !== null && document.activeElement === area
    if (composing || (here && !asked && area.selectionStart !== area.selectionEnd)) return wait()
    finish()
    run()
  }
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(look, QUIET_MS)
  }
  const finish = () => {
    clearTimeout(timer)
    for (const name of EVENTS) area?.removeEventListener(name, heard)
  }
  const heard = ({ type }: Event) => {
    composing = type === 'compositionstart' || (composing && type !== 'compositionend')
    wait()
  }
  for (const name of EVENTS) area?.addEventListener(name, heard)
  signal.addEventListener('abort', finish)
  if (asked || document.activeElement !== area) look()
  else wait()
}

const EVENTS = ['keydown', 'input', 'compositionstart', 'compositionend'] as const

const CHORDS: Record<string, MarkName | 'address'> = {
  b: 'bold',
  i: 'italic',
  e: 'code',
  k: 'address',
}

/** What a chord asks for in the plain field. */
export function chordOf(event: {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}): MarkName | 'address' | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null
  const key = event.key.toLowerCase()
  if (event.shiftKey) return key === 'x' ? 'strike' : null
  return CHORDS[key] ?? null
}
