import { useAll } from '@/api/entities'
import type { Group } from '@/api/types'

/** Groups as they stand in my rail. */
export function byRail(groups: readonly Group[]): Group[] {
  return [...groups].sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
}

/** Every group I belong to, in the order of my rail. */
export function useGroups(): Group[] {
  return useAll('group', byRail)
}

/** The list with one id at another index, counted without it. */
export function moved(ids: readonly string[], id: string, index: number): string[] {
  const others = ids.filter((other) => other !== id)
  const at = Math.max(0, Math.min(index, others.length))
  return [...others.slice(0, at), id, ...others.slice(at)]
}
