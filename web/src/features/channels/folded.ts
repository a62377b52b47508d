import { kept } from '@/ui/kept'

const folded = kept<readonly string[]>('folded', [])

/** The categories folded on this device. */
export function useFolded(): readonly string[] {
  return folded.use()
}

/** The same, outside of React. */
export function foldedHere(): readonly string[] {
  return folded.get()
}

/** Folds a category, or opens it. */
export function toggleFold(categoryId: string): void {
  const now = folded.get()
  folded.set(
    now.includes(categoryId) ? now.filter((id) => id !== categoryId) : [...now, categoryId],
  )
}
