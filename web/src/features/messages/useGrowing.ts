import { type RefObject, useLayoutEffect } from 'react'

/** Makes a text field as tall as its text; beyond `most` px it scrolls. */
export function useGrowing(
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  most = Number.POSITIVE_INFINITY,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text decides the height
  useLayoutEffect(() => {
    const area = field.current
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${Math.min(area.scrollHeight, most)}px`
    area.style.overflowY = area.scrollHeight > most ? 'auto' : 'hidden'
  }, [field, text, most])
}
