/** One object's place in an ordered list. */
export interface Entry {
  id: string
  position: number
}

/**
 * How to go on from one edge of a segment: an opaque cursor, an object to load around (when the
 * cursor was lost with trimmed rows), or `null`: there is nothing further on this side.
 */
export type Edge = string | { around: string } | null

/** An unbroken stretch of a list. `after === null` means it touches the present. */
export interface Segment {
  entries: Entry[]
  before: Edge
  after: Edge
}

/** The order of history: position first, id among equals. */
function compare(a: Entry, b: Entry): number {
  return a.position - b.position || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

const first = (segment: Segment) => segment.entries[0]
const last = (segment: Segment) => segment.entries[segment.entries.length - 1]

function touch(a: Segment, b: Segment): boolean {
  const [aFirst, aLast, bFirst, bLast] = [first(a), last(a), first(b), last(b)]
  // An empty stretch of a list that has nothing on either side is the whole list.
  if (!aFirst || !aLast || !bFirst || !bLast) return a.after === b.after
  return compare(aFirst, bLast) <= 0 && compare(bFirst, aLast) <= 0
}

function unite(a: Entry[], b: Entry[]): Entry[] {
  const byId = new Map(a.map((entry) => [entry.id, entry]))
  for (const entry of b) byId.set(entry.id, entry)
  return [...byId.values()].sort(compare)
}

function join(a: Segment, b: Segment): Segment {
  const [aFirst, aLast, bFirst, bLast] = [first(a), last(a), first(b), last(b)]
  if (!aFirst || !aLast) return b
  if (!bFirst || !bLast) return a
  const start = compare(aFirst, bFirst)
  const end = compare(aLast, bLast)
  return {
    entries: unite(a.entries, b.entries),
    // With the same outer row on both sides the newer page knows the edge better.
    before: start < 0 ? a.before : b.before,
    after: end > 0 ? a.after : b.after,
  }
}

/** Adds a loaded page; stretches that overlap become one. */
export function place(segments: readonly Segment[], page: Segment): Segment[] {
  let merged = page
  const apart: Segment[] = []
  for (const segment of segments) {
    if (touch(segment, merged)) merged = join(segment, merged)
    else apart.push(segment)
  }
  return [...apart, merged].sort((a, b) => (first(a)?.position ?? 0) - (first(b)?.position ?? 0))
}

/** Adds a page that continues `segment` on one side, even where no row is shared. */
export function extend(
  segments: readonly Segment[],
  segment: Segment,
  side: 'before' | 'after',
  page: Segment,
): Segment[] {
  const grown: Segment = {
    entries: unite(segment.entries, page.entries),
    before: side === 'before' ? page.before : segment.before,
    after: side === 'after' ? page.after : segment.after,
  }
  return place(
    segments.filter((other) => other !== segment),
    grown,
  )
}

/** A new object at the end: only the stretch that touches the present takes it. */
export function append(segments: readonly Segment[], entry: Entry): Segment[] {
  return segments.map((segment) => {
    if (segment.after !== null) return segment
    if (segment.entries.some((known) => known.id === entry.id)) return segment
    const start = first(segment)
    // Older than what is loaded, with more to load: the page of that time will bring it.
    if (start && segment.before !== null && compare(entry, start) < 0) return segment
    return { ...segment, entries: unite(segment.entries, [entry]) }
  })
}

/** Keeps memory bounded: drops rows from the far side, which can be loaded again. */
export function trim(segment: Segment, limit: number, side: 'before' | 'after'): Segment {
  const extra = segment.entries.length - limit
  if (extra <= 0) return segment
  if (side === 'before') {
    const entries = segment.entries.slice(extra)
    return { ...segment, entries, before: { around: (entries[0] as Entry).id } }
  }
  const entries = segment.entries.slice(0, limit)
  return { ...segment, entries, after: { around: (entries[limit - 1] as Entry).id } }
}

/** The stretch that touches the present. */
export function newest(segments: readonly Segment[]): Segment | undefined {
  return segments.find((segment) => segment.after === null)
}

/** The stretch that holds the object. */
export function holding(segments: readonly Segment[], id: string): Segment | undefined {
  return segments.find((segment) => segment.entries.some((entry) => entry.id === id))
}
