const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function firstLetters(word: string, count: number): string {
  return [...graphemes.segment(word)]
    .slice(0, count)
    .map(({ segment }) => segment)
    .join('')
}

function words(name: string): string[] {
  return name.split(/[\s\-_.,'’]+/).filter(Boolean)
}

/** A person's letters: first and last name. Right for scripts whose letters are several characters. */
export function personInitials(name: string): string {
  const [first = '', ...rest] = words(name)
  return (firstLetters(first, 1) + firstLetters(rest.at(-1) ?? '', 1)).toUpperCase()
}

/** A group's letters: "Discharge redesign" is Di, "Ward 3" is W3. */
export function groupInitials(name: string): string {
  const [first = '', second = ''] = words(name)
  if (/^\d/.test(second)) return firstLetters(first, 1).toUpperCase() + firstLetters(second, 1)
  const [head = '', tail = ''] = [...graphemes.segment(first)].map(({ segment }) => segment)
  return head.toUpperCase() + tail
}

/** A number from 1 to `count` that is always the same for the same id. */
export function stableHue(id: string, count = 8): number {
  let hash = 0
  for (const char of id) hash = (hash * 31 + char.charCodeAt(0)) >>> 0
  return (hash % count) + 1
}
