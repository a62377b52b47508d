import { type ReactNode, useMemo, useRef } from 'react'
import { useAll } from '@/api/entities'
import type { Category, Channel, Group } from '@/api/types'
import { may } from '@/features/groups/rights'
import { DropLine } from '@/ui/DropLine'
import { t } from '@/ui/text'
import { useDragSort } from '@/ui/useDragSort'
import { useRoving } from '@/ui/useRoving'
import { arrange } from './arrange'
import { CategoryRow } from './CategoryRow'
import { ChannelRow } from './ChannelRow'
import { useFolded } from './folded'
import { useHearing } from './hearing'
import {
  dropCategory,
  dropTarget,
  inSidebar,
  moveCategory,
  moveChannel,
  type Section,
  sectionsOf,
  slotsOf,
} from './tree'
import { isBold } from './unread'

const everything = <T,>(all: readonly T[]) => all

interface Props {
  group: Group
  openId: string | null
  onMarkRead: (channelId: string) => void
  /** What stands below the last one. */
  foot?: ReactNode
}

/** A group's channels under their headings. */
export function ChannelTree({ group, openId, onMarkRead, foot }: Props) {
  const sections = useSections(group.id, openId)
  useHearing()
  const container = useRef<HTMLElement>(null)
  const arranging = may(group, 'manage_channels')
  const drop = (id: string, index: number) => dropped(group.id, sections, id, index)
  const { drag, begin } = useDragSort(container, drop)
  const first = sections.flatMap(({ channels }) => channels)[0]?.id ?? null
  const isThere = useThere(arranging)
  const roving = useRoving(container, openId ?? first)
  return (
    <nav
      ref={container}
      aria-label={t('channels.list')}
      onKeyDown={roving.onKeyDown}
      className="relative -mx-1 min-h-0 flex-1 overflow-y-auto overflow-x-hidden px-1 pb-4"
    >
      {sections.filter(isThere).map((section) => (
        <div key={section.category?.id ?? ''} className="first:pt-2 first:[&>[data-sort]]:mt-1">
          {section.category && (
            <CategoryRow
              category={section.category}
              arranging={arranging}
              drag={drag}
              onGrab={arranging ? begin(section.category.id) : undefined}
            />
          )}
          <ul
            aria-label={section.category?.name ?? t('channels.list.top')}
            className="grid grid-cols-1"
          >
            {section.channels.map((channel) => (
              <ChannelRow
                key={channel.id}
                channel={channel}
                group={group}
                open={channel.id === openId}
                tabIndex={roving.tabIndex(channel.id)}
                drag={drag?.id === channel.id ? drag : null}
                onGrab={arranging ? begin(channel.id) : undefined}
                onMarkRead={onMarkRead}
              />
            ))}
          </ul>
        </div>
      ))}
      {foot}
      {drag && <DropLine top={drag.line} />}
    </nav>
  )
}

/** An empty part is a place to put something for those who arrange the list, nothing for others. */
function useThere(arranging: boolean): (section: Section) => boolean {
  const folded = useFolded()
  return ({ category, channels }) =>
    channels.length > 0 || (category !== null && (arranging || folded.includes(category.id)))
}

/** The sections as they are shown: of a folded one only what is open or needs to be seen. */
function useSections(groupId: string, openId: string | null): Section[] {
  const channels = useAll('channel', everything<Channel>)
  const categories = useAll('category', everything<Category>)
  const folded = useFolded()
  return useMemo(
    () => visibleSections(categories, channels, groupId, openId, folded),
    [channels, categories, groupId, openId, folded],
  )
}

/** What stands in the sidebar of a group, folded categories taken into account. */
export function visibleSections(
  categories: readonly Category[],
  channels: readonly Channel[],
  groupId: string,
  openId: string | null,
  folded: readonly string[],
): Section[] {
  const own = channels.filter(({ group_id }) => group_id === groupId)
  const sections = sectionsOf(categories, inSidebar(own, openId), groupId)
  return sections.map(({ category, channels: inside }) => ({
    category,
    channels:
      category && folded.includes(category.id)
        ? inside.filter((one) => one.id === openId || isBold(one) || one.mentions > 0)
        : inside,
  }))
}

function dropped(groupId: string, sections: Section[], id: string, index: number): void {
  const slots = slotsOf(sections)
  const isCategory = slots.some((slot) => slot.id === id && slot.kind === 'category')
  if (isCategory) {
    const before = dropCategory(slots, id, index)
    void arrange(groupId, (all) => moveCategory(all, id, before))
  } else {
    const target = dropTarget(slots, id, index)
    void arrange(groupId, (all) => moveChannel(all, id, target))
  }
}

/** Where it will land. */
