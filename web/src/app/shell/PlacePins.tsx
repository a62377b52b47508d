import { lazy, Suspense } from 'react'
import type { Channel } from '@/api/types'
import { useMedia, widths } from '@/ui/useMedia'

const Pinned = lazy(() =>
  import('@/features/messages/Pinned').then((part) => ({ default: part.Pinned })),
)

interface Props {
  channel: Channel
  onClose(): void
  /** Goes to a message of the place. */
  onJump(id: string): void
}

/** What is pinned to a place, in its panel. */
export function PlacePins({ channel, onClose, onJump }: Props) {
  const wide = useMedia(widths.desktop)
  return (
    <Suspense>
      <Pinned
        channelId={channel.id}
        writes={channel.permissions.includes('post') && !channel.archived}
        onOpen={(id) => {
          if (!wide) onClose()
          onJump(id)
        }}
      />
    </Suspense>
  )
}
