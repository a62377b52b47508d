import { BellOff, EyeOff } from 'lucide-react'
import { useEntity } from '@/api/entities'
import { usePerson } from '@/api/people'
import type { Channel } from '@/api/types'
import { useLetIn } from '@/features/channels/people'
import { complain } from '@/features/groups/complain'
import { may } from '@/features/groups/rights'
import { Button } from '@/ui/Button'
import { plainName } from '@/ui/names'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { called } from './mentions'
import { peopleIn, type Shown } from './shown'
import { useAround } from './useAround'

interface Props {
  channelId: string
  shown: Shown
  markdown: string
}

/** What one should know of those one calls, before it is said: who will not hear of it. */
export function CallNotes({ channelId, shown, markdown }: Props) {
  const channel = useEntity('channel', channelId)
  const ids = peopleIn(shown)
  const { readers, others, whole } = useAround(channel, ids.length > 0)
  if (!channel) return null
  const call = called(markdown)
  const mayNot = (call.channel || call.here) && !channel.permissions.includes('mention_all')
  const outside = whole ? ids.filter((id) => !readers.some((reader) => reader.id === id)) : []
  return (
    <div role="status">
      {outside.map((id) => (
        <Outside key={id} id={id} channel={channel} member={others.some((one) => one.id === id)} />
      ))}
      {mayNot && (
        <p className="flex items-center gap-2.5 px-2.5 pt-1 pb-1.5 text-ink-2 text-small">
          <BellOff size={16} aria-hidden className="shrink-0 text-ink-3" />
          {t('messages.call.tellsNobody')}
        </p>
      )}
    </div>
  )
}

function Outside({ id, channel, member }: { id: string; channel: Channel; member: boolean }) {
  const person = usePerson(id)
  const group = useEntity('group', channel.group_id)
  const letIn = useLetIn(channel)
  const name = person ? plainName(person.name) : t('messages.someone')
  const lets = member && channel.private && may(group, 'manage_channels')
  const run = () =>
    letIn.mutate(
      { userId: id, inside: true },
      {
        onError: complain,
        onSuccess: () => toast({ text: t('messages.call.letIn.done', { name }), tone: 'good' }),
      },
    )
  return (
    <p className="flex min-h-9 flex-wrap items-center gap-x-2.5 px-2.5 pb-1 text-ink-2 text-small">
      <EyeOff size={16} aria-hidden className="shrink-0 text-ink-3" />
      <span className="min-w-0 flex-1 text-pretty">{t('messages.call.unseen', { name })}</span>
      {lets && (
        <Button
          look="raised"
          size="small"
          busy={letIn.isPending}
          onMouseDown={(event) => event.preventDefault()}
          onClick={run}
        >
          {t('channels.letIn')}
          <span className="sr-only">{name}</span>
        </Button>
      )}
    </p>
  )
}
