import type { Me } from './types'

const PREFIX = 'courtyard.'
const LAST_USER = 'courtyard.me'
const SIGNED_OUT = 'courtyard.signed-out'
const SHELVES = ['places', 'pages', 'outbox', 'drafts'] as const

/** The kinds of copies a device keeps for one person. */
export type ShelfName = (typeof SHELVES)[number]

/** A small keyed store; on disk where the policy allows it, else in memory only. */
export interface Shelf {
  get<T>(key: string): Promise<T | undefined>
  all<T>(): Promise<T[]>
  put(key: string, value: unknown): Promise<void>
  remove(key: string): Promise<void>
}

function memoryShelf(): Shelf {
  const rows = new Map<string, unknown>()
  return {
    get: async <T>(key: string) => rows.get(key) as T | undefined,
    all: async <T>() => [...rows.values()] as T[],
    put: async (key, value) => void rows.set(key, value),
    remove: async (key) => void rows.delete(key),
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function diskShelf(database: IDBDatabase, name: ShelfName): Shelf {
  const read = () => database.transaction(name, 'readonly').objectStore(name)
  // Committed at once: what is written while the page goes away would else be given up with it.
  const write = (work: (store: IDBObjectStore) => IDBRequest) => {
    const transaction = database.transaction(name, 'readwrite')
    const request = work(transaction.objectStore(name))
    transaction.commit()
    return settled(request)
  }
  return {
    get: async <T>(key: string) => (await settled(read().get(key))) as T | undefined,
    all: async <T>() => (await settled(read().getAll())) as T[],
    put: async (key, value) => void (await write((store) => store.put(value, key))),
    remove: async (key) => void (await write((store) => store.delete(key))),
  }
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => {
    for (const shelf of SHELVES) request.result.createObjectStore(shelf)
  }
  return settled(request)
}

/**
 * What one person leaves on this device: unsent messages, drafts, the last state of places and
 * pages. Named by user, kept only while the workspace's policy allows, gone after the session.
 */
export class Device {
  private database: IDBDatabase | null = null
  private shelves = new Map<ShelfName, Shelf>()

  /** Opens the copies of this person; without permission or storage they live in memory. */
  async open(me: Pick<Me, 'id' | 'offline_copy'>): Promise<void> {
    this.close()
    if (!me.offline_copy || typeof indexedDB === 'undefined') {
      await this.wipe()
      return
    }
    try {
      const database = await openDatabase(PREFIX + me.id)
      // Another tab signs out: let go, or its wipe would wait for us.
      database.onversionchange = () => this.close()
      this.database = database
    } catch {
      // Private windows may refuse storage; the page works without.
      this.database = null
    }
  }

  /** One kind of copies. */
  shelf(name: ShelfName): Shelf {
    const known = this.shelves.get(name)
    if (known) return known
    const made = this.database ? diskShelf(this.database, name) : memoryShelf()
    this.shelves.set(name, made)
    return made
  }

  /** Lets go of the storage without deleting it. */
  close(): void {
    this.database?.close()
    this.database = null
    this.shelves = new Map()
  }

  /** Deletes every copy of every person on this device. */
  async wipe(): Promise<void> {
    this.close()
    localStorage.removeItem(LAST_USER)
    if (typeof indexedDB === 'undefined') return
    const names = (await indexedDB.databases()).map((entry) => entry.name ?? '')
    await Promise.all(
      names
        .filter((name) => name.startsWith(PREFIX))
        .map((name) => settled(indexedDB.deleteDatabase(name)).catch(() => undefined)),
    )
  }

  /** Who used this device last; lets the app open offline with their name. */
  lastUser(): Me | null {
    try {
      const me = JSON.parse(localStorage.getItem(LAST_USER) ?? 'null') as Me | null
      return me?.offline_copy ? me : null
    } catch {
      return null
    }
  }

  /** Remembers the person, if the policy allows copies. */
  remember(me: Me): void {
    if (me.offline_copy) localStorage.setItem(LAST_USER, JSON.stringify(me))
    else localStorage.removeItem(LAST_USER)
  }

  /** A sign-out the server may not have heard of: the cookie must not sign in again. */
  get leftUnheard(): boolean {
    return localStorage.getItem(SIGNED_OUT) !== null
  }

  set leftUnheard(value: boolean) {
    if (value) localStorage.setItem(SIGNED_OUT, '1')
    else localStorage.removeItem(SIGNED_OUT)
  }
}

/** This device's copies. */
export const device = new Device()
