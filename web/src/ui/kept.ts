import { create } from 'zustand'

/** A small choice this device remembers: a width, what is folded. Never content. */
export interface Kept<T> {
  /** The value, re-rendering when it changes. */
  use(): T
  get(): T
  set(next: T): void
}

/** Makes a remembered value; `name` is its key in the browser's storage. */
export function kept<T>(name: string, initial: T): Kept<T> {
  const key = `courtyard.${name}`
  const store = create<{ value: T }>(() => ({ value: read(key, initial) }))
  // What one tab chooses holds for all of this device.
  globalThis.addEventListener?.('storage', (event) => {
    if (event.key === key) store.setState({ value: read(key, initial) })
  })
  return {
    use: () => store((state) => state.value),
    get: () => store.getState().value,
    set(value) {
      store.setState({ value })
      write(key, value)
    },
  }
}

function read<T>(key: string, initial: T): T {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as T | null) ?? initial
  } catch {
    return initial
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Forbidden or full storage: the choice lasts until the page closes.
  }
}
