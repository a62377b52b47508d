import { useCallback, useMemo } from 'react'
import { Topics, useTopic } from './store'
import type { Category, Channel, Group, Message, Thread, User } from './types'

/** Every kind of object the store holds. */
export interface Kinds {
  user: User
  group: Group
  category: Category
  channel: Channel
  message: Message
  /** By the id of its root, not by its own. */
  thread: Thread
}
/** The name of a kind of object. */
export type Kind = keyof Kinds

interface Overlay {
  cause: string
  patch: Record<string, unknown>
}
interface Row {
  base: unknown
  version: number
  overlays: Overlay[]
  /** Base with overlays on top; kept so that readers get the same object until it changes. */
  view: unknown
}

const keyOf = (kind: Kind, id: string) => `${kind}:${id}`

function viewOf(row: Row): unknown {
  if (row.base === undefined || row.overlays.length === 0) return row.base
  return Object.assign({}, row.base, ...row.overlays.map((overlay) => overlay.patch))
}

/**
 * Every object once, by kind and id. The base is what the server said last (an older version is
 * dropped); what we only hope for lies over it as overlays named by the request that made them.
 */
export class Entities {
  readonly topics = new Topics()
  private readonly kinds = new Map<Kind, Map<string, Row>>()
  private readonly lists = new Map<Kind, readonly unknown[]>()
  private readonly causes = new Map<string, { kind: Kind; id: string }>()

  private rows(kind: Kind): Map<string, Row> {
    const rows = this.kinds.get(kind) ?? new Map<string, Row>()
    this.kinds.set(kind, rows)
    return rows
  }

  /** The object as it should be shown, overlays included. */
  get<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
    return this.kinds.get(kind)?.get(id)?.view as Kinds[K] | undefined
  }

  /** The version of the stored base; -1 when unknown. */
  version(kind: Kind, id: string): number {
    return this.kinds.get(kind)?.get(id)?.version ?? -1
  }

  /** All objects of a kind; the same array until one of them changes. */
  all<K extends Kind>(kind: K): readonly Kinds[K][] {
    let list = this.lists.get(kind)
    if (!list) {
      list = [...this.rows(kind).values()].map((row) => row.view).filter(Boolean)
      this.lists.set(kind, list)
    }
    return list as readonly Kinds[K][]
  }

  /** Takes what the server said at `version`; says whether it was news. */
  put<K extends Kind>(kind: K, value: Kinds[K], version: number): boolean {
    const rows = this.rows(kind)
    const id = kind === 'thread' ? (value as Thread).root_id : value.id
    const row = rows.get(id) ?? {
      base: undefined,
      version: -1,
      overlays: [],
      view: undefined,
    }
    if (version < row.version) return false
    row.base = value
    row.version = version
    row.view = viewOf(row)
    rows.set(id, row)
    this.changed(kind, id)
    return true
  }

  /** Changes known fields of the base without claiming a newer version of the whole. */
  patch<K extends Kind>(kind: K, id: string, patch: Partial<Kinds[K]>): void {
    const row = this.kinds.get(kind)?.get(id)
    if (row?.base === undefined) return
    const known = row.base as Record<string, unknown>
    if (Object.entries(patch).every(([field, value]) => Object.is(known[field], value))) return
    row.base = { ...known, ...patch }
    row.view = viewOf(row)
    this.changed(kind, id)
  }

  /** Lays a hoped-for change over the object until `settle(cause)`. */
  overlay<K extends Kind>(cause: string, kind: K, id: string, patch: Partial<Kinds[K]>): void {
    const row = this.kinds.get(kind)?.get(id)
    if (!row) return
    row.overlays = [...row.overlays, { cause, patch }]
    row.view = viewOf(row)
    this.causes.set(cause, { kind, id })
    this.changed(kind, id)
  }

  /** Whether a change is still only hoped for. */
  pending(cause: string): boolean {
    return this.causes.has(cause)
  }

  /** The event or the answer with this cause is here, or it failed: the hope ends. */
  settle(cause: string | null): void {
    const target = cause === null ? undefined : this.causes.get(cause)
    if (!target || cause === null) return
    this.causes.delete(cause)
    const row = this.kinds.get(target.kind)?.get(target.id)
    if (!row) return
    row.overlays = row.overlays.filter((overlay) => overlay.cause !== cause)
    row.view = viewOf(row)
    this.changed(target.kind, target.id)
  }

  /** Forgets one object. */
  remove(kind: Kind, id: string): void {
    if (this.kinds.get(kind)?.delete(id)) this.changed(kind, id)
  }

  /** Forgets objects of a kind that are not in `keep`: the answer was the whole list. */
  retain(kind: Kind, keep: ReadonlySet<string>): void {
    for (const id of [...this.rows(kind).keys()]) if (!keep.has(id)) this.remove(kind, id)
  }

  /** Forgets everything, for a sign-out or a new epoch. */
  clear(): void {
    this.kinds.clear()
    this.lists.clear()
    this.causes.clear()
    this.topics.emitAll()
  }

  private changed(kind: Kind, id: string): void {
    this.lists.delete(kind)
    this.topics.emit(keyOf(kind, id))
    this.topics.emit(kind)
  }
}

/** The page's one store. */
export const entities = new Entities()

/** One object by id; re-renders only when this object changes. */
export function useEntity<K extends Kind>(
  kind: K,
  id: string | null | undefined,
): Kinds[K] | undefined {
  const read = useCallback(() => (id ? entities.get(kind, id) : undefined), [kind, id])
  return useTopic(entities.topics, keyOf(kind, id ?? ''), read)
}

/** All objects of a kind, through a pure `select`; re-renders when any of them changes. */
export function useAll<K extends Kind, T>(kind: K, select: (all: readonly Kinds[K][]) => T): T {
  const read = useCallback(() => entities.all(kind), [kind])
  const all = useTopic(entities.topics, kind, read)
  return useMemo(() => select(all), [all, select])
}
