import { entities } from '@/api/entities'
import type { EventOf } from '@/api/types'

/** This slice's handlers of stored events, all of them on one's own stream. */
export const notificationEvents = {
  'counts.changed': ({ place_id, thread_id, mentions }: EventOf<'counts.changed'>) => {
    if (place_id !== null && thread_id === null) entities.patch('channel', place_id, { mentions })
  },
  'hearing.changed': ({ group_id, level, muted_until }: EventOf<'hearing.changed'>) =>
    entities.patch('group', group_id, { level, muted_until }),
}
