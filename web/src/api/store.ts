import { useCallback, useSyncExternalStore } from 'react'

/** A value one can read, replace and listen to, inside and outside React. */
export interface Cell<T> {
  get(): T
  set(next: T): void
  subscribe(listener: () => void): () => void
}

/** Makes a cell; setting the same value tells nobody. */
export function cell<T>(initial: T): Cell<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The cell's value, re-rendering when it changes. */
export function useCell<T>(source: Cell<T>): T {
  return useSyncExternalStore(source.subscribe, source.get)
}

/** Listeners by key, so that one row's change wakes only that row. */
export class Topics {
  private readonly listeners = new Map<string, Set<() => void>>()

  /** Listens to one key; returns the way to stop. */
  on(key: string, listener: () => void): () => void {
    const set = this.listeners.get(key) ?? new Set()
    this.listeners.set(key, set.add(listener))
    return () => {
      set.delete(listener)
      if (set.size === 0 && this.listeners.get(key) === set) this.listeners.delete(key)
    }
  }

  /** Wakes everyone who listens to the key. */
  emit(key: string): void {
    for (const listener of [...(this.listeners.get(key) ?? [])]) listener()
  }

  /** Wakes everyone: the world was replaced. */
  emitAll(): void {
    for (const key of [...this.listeners.keys()]) this.emit(key)
  }
}

/** Reads through `read` and re-renders when `key` is emitted. `read` must return stable values. */
export function useTopic<T>(topics: Topics, key: string, read: () => T): T {
  const subscribe = useCallback((wake: () => void) => topics.on(key, wake), [topics, key])
  return useSyncExternalStore(subscribe, read)
}
