/** A text whose matched letters are lit. */
export function Marked({ text, hits }: { text: string; hits: readonly number[] }) {
  if (hits.length === 0) return text
  const lit = new Set(hits)
  return pieces(text, lit).map(({ from, part, on }) =>
    on ? (
      <span key={from} className="text-marigold-text">
        {part}
      </span>
    ) : (
      part
    ),
  )
}

interface Piece {
  from: number
  part: string
  on: boolean
}

function pieces(text: string, lit: ReadonlySet<number>): Piece[] {
  const found: Piece[] = []
  for (let at = 0; at < text.length; at += 1) {
    const on = lit.has(at)
    const last = found.at(-1)
    if (last && last.on === on) last.part += text[at]
    else found.push({ from: at, part: text[at] ?? '', on })
  }
  return found
}
