import type { Category, Channel } from '@/api/types'

/** A heading with what stands under it; the first section has no heading. */
export interface Section {
  category: Category | null
  channels: Channel[]
}

/** Where a channel goes: into a category, before another channel or at its end. */
export interface Target {
  categoryId: string | null
  beforeId: string | null
}

/** One line of the list that can be taken in the hand or dropped beside. */
export interface Slot {
  kind: 'category' | 'channel'
  id: string
}

type Placed = { id: string; name: string; position: number }

function byPlace(a: Placed, b: Placed): number {
  return a.position - b.position || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1)
}

/** The sections of a group, ordered. A channel whose category is gone stands at the top. */
export function sectionsOf(
  categories: readonly Category[],
  channels: readonly Channel[],
  groupId: string,
): Section[] {
  const headings = categories.filter(({ group_id }) => group_id === groupId).sort(byPlace)
  const known = new Set(headings.map(({ id }) => id))
  const own = channels.filter(({ group_id }) => group_id === groupId).sort(byPlace)
  const home = ({ category_id }: Channel) =>
    category_id && known.has(category_id) ? category_id : null
  return [null, ...headings].map((category) => ({
    category,
    channels: own.filter((channel) => home(channel) === (category?.id ?? null)),
  }))
}

/** What belongs in the sidebar: what I follow and is in use, and what is open right now. */
export function inSidebar(channels: readonly Channel[], openId: string | null): Channel[] {
  return channels.filter(({ followed, archived, id }) => (followed && !archived) || id === openId)
}

/** The lines as they stand in the sidebar. */
export function slotsOf(sections: readonly Section[]): Slot[] {
  return sections.flatMap(({ category, channels }) => [
    ...(category ? [{ kind: 'category' as const, id: category.id }] : []),
    ...channels.map(({ id }) => ({ kind: 'channel' as const, id })),
  ])
}

/** Where a channel lands that is dropped at `index` among the other slots. */
export function dropTarget(slots: readonly Slot[], id: string, index: number): Target {
  const others = slots.filter((slot) => slot.id !== id)
  const heading = others.slice(0, index).findLast(({ kind }) => kind === 'category')
  const next = others[index]
  return {
    categoryId: heading?.id ?? null,
    beforeId: next?.kind === 'channel' ? next.id : null,
  }
}

/** Before which category one lands that is dropped at `index`; null is the end. */
export function dropCategory(slots: readonly Slot[], id: string, index: number): string | null {
  const others = slots.filter((slot) => slot.id !== id)
  return others.slice(index).find(({ kind }) => kind === 'category')?.id ?? null
}

/** One step up or down by keyboard, over the edge of a category into the next; null at the end. */
export function stepTarget(sections: readonly Section[], id: string, step: 1 | -1): Target | null {
  const at = sections.findIndex(({ channels }) => channels.some((channel) => channel.id === id))
  const section = sections[at]
  if (!section) return null
  const index = section.channels.findIndex((channel) => channel.id === id)
  const inside = step < 0 ? section.channels[index - 1] : section.channels[index + 1]
  if (inside) {
    const beforeId = step < 0 ? inside.id : (section.channels[index + 2]?.id ?? null)
    return { categoryId: section.category?.id ?? null, beforeId }
  }
  const beside = sections[at + step]
  if (!beside) return null
  const beforeId = step < 0 ? null : (beside.channels[0]?.id ?? null)
  return { categoryId: beside.category?.id ?? null, beforeId }
}

/** The sections with one channel at another place. */
export function moveChannel(sections: readonly Section[], id: string, target: Target): Section[] {
  const moving = sections.flatMap(({ channels }) => channels).find((channel) => channel.id === id)
  if (!moving) return [...sections]
  return sections.map(({ category, channels }) => {
    const others = channels.filter((channel) => channel.id !== id)
    if ((category?.id ?? null) !== target.categoryId) return { category, channels: others }
    const before = others.findIndex((channel) => channel.id === target.beforeId)
    const at = before < 0 ? others.length : before
    const placed = { ...moving, category_id: target.categoryId }
    return { category, channels: [...others.slice(0, at), placed, ...others.slice(at)] }
  })
}

/** The sections with one category before another, or last. */
export function moveCategory(
  sections: readonly Section[],
  id: string,
  beforeId: string | null,
): Section[] {
  const moving = sections.find(({ category }) => category?.id === id)
  if (!moving || id === beforeId) return [...sections]
  const others = sections.filter((section) => section !== moving)
  const before = others.findIndex(({ category }) => beforeId !== null && category?.id === beforeId)
  const at = before < 0 ? others.length : before
  return [...others.slice(0, at), moving, ...others.slice(at)]
}

/** What the server is told: the whole order. */
export function layoutOf(sections: readonly Section[]) {
  return {
    categories: sections.flatMap(({ category }) => (category ? [category.id] : [])),
    channels: sections.flatMap(({ channels }) =>
      channels.map(({ id, category_id }) => ({ id, category_id })),
    ),
  }
}
