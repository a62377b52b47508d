/** A piece of two wordings: in both, only in the later one, or only in the earlier one. */
export interface Piece {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** So many pairs of words are compared at most; beyond that the middle is shown as all new. */
const MOST_PAIRS = 1_000_000

/** What was changed from one wording to the next, word by word. */
export function wordDiff(earlier: string, later: string): Piece[] {
  const [a, b] = [words(earlier), words(later)]
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1
  let foot = 0
  while (foot < a.length - head && foot < b.length - head && a.at(-1 - foot) === b.at(-1 - foot)) {
    foot += 1
  }
  const middle = compared(a.slice(head, a.length - foot), b.slice(head, b.length - foot))
  const same = (text: string[]): Piece => ({ kind: 'same', text: text.join('') })
  return joined([same(a.slice(0, head)), ...middle, same(a.slice(a.length - foot))])
}

/** Words and the spaces between them. */
function words(text: string): string[] {
  return text.match(/\s+|\S+/g) ?? []
}

function compared(a: string[], b: string[]): Piece[] {
  const all = (kind: Piece['kind'], text: string[]): Piece => ({ kind, text: text.join('') })
  if (a.length * b.length > MOST_PAIRS) return [all('removed', a), all('added', b)]
  const common = lengths(a, b)
  const pieces: Piece[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      pieces.push({ kind: 'same', text: a[i] as string })
      i += 1
      j += 1
    } else if (j >= b.length || (i < a.length && at(common, i + 1, j) >= at(common, i, j + 1))) {
      pieces.push({ kind: 'removed', text: a[i] as string })
      i += 1
    } else {
      pieces.push({ kind: 'added', text: b[j] as string })
      j += 1
    }
  }
  return pieces
}

/** How long the longest common part is of what follows each pair of words. */
function lengths(a: string[], b: string[]): Uint32Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = table[i] as Uint32Array
    for (let j = b.length - 1; j >= 0; j -= 1) {
      row[j] =
        a[i] === b[j]
          ? at(table, i + 1, j + 1) + 1
          : Math.max(at(table, i + 1, j), at(table, i, j + 1))
    }
  }
  return table
}

const at = (table: Uint32Array[], i: number, j: number) => table[i]?.[j] ?? 0

/** Neighbours of one kind as one piece; what went stands before what came, and a space between two
 * changes belongs to both, so that a phrase is not cut into words. */
function joined(pieces: Piece[]): Piece[] {
  const found: Piece[] = []
  let [removed, added] = ['', '']
  const flush = () => {
    if (removed) found.push({ kind: 'removed', text: removed })
    if (added) found.push({ kind: 'added', text: added })
    removed = ''
    added = ''
  }
  for (const [index, { kind, text }] of pieces.entries()) {
    const next = pieces[index + 1]?.kind ?? 'same'
    if (kind === 'removed') removed += text
    else if (kind === 'added') added += text
    else if (!text.trim() && removed && added && next !== 'same') {
      removed += text
      added += text
    } else if (text) {
      flush()
      const last = found.at(-1)
      if (last?.kind === 'same') last.text += text
      else found.push({ kind: 'same', text })
    }
  }
  flush()
  return found
}
