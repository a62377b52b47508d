import { t } from '@/ui/text'
import type { Level } from './unread'

/** How much one may want to hear of a place. */
export function levels(): { value: Level; label: string; hint: string }[] {
  return [
    { value: 'all', label: t('channels.level.all'), hint: t('channels.level.all.hint') },
    {
      value: 'mentions',
      label: t('channels.level.mentions'),
      hint: t('channels.level.mentions.hint'),
    },
    {
      value: 'nothing',
      label: t('channels.level.nothing'),
      hint: t('channels.level.nothing.hint'),
    },
  ]
}
