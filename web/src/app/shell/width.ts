import { kept } from '@/ui/kept'

/** The list's bounds in px at normal text size; 264 is its measure. */
export const LIST = { least: 208, normal: 264, most: 400, step: 16 }

/** The width of the list on this device. */
export const listWidth = kept('list.width', LIST.normal)

/** A width within the bounds; whatever is no number is the normal one. */
export function bounded(width: number): number {
  if (!Number.isFinite(width)) return LIST.normal
  return Math.round(Math.min(LIST.most, Math.max(LIST.least, width)))
}

/** The width after a key, or null for a key that changes nothing. */
export function widthAfter(key: string, width: number): number | null {
  if (key === 'ArrowLeft') return bounded(width - LIST.step)
  if (key === 'ArrowRight') return bounded(width + LIST.step)
  if (key === 'Home') return LIST.least
  if (key === 'End') return LIST.most
  if (key === 'Enter') return LIST.normal
  return null
}
