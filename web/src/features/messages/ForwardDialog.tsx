import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { Search, Users } from 'lucide-react'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { api, unwrap } from '@/api/client'
import { useEntity } from '@/api/entities'
import { usePerson } from '@/api/people'
import type { Message } from '@/api/types'
import { openConversation } from '@/features/channels/conversations'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { Field } from '@/ui/Field'
import { fieldSurface, TextArea } from '@/ui/Input'
import { Marked } from '@/ui/Marked'
import { plainName } from '@/ui/names'
import { rank } from '@/ui/ranking'
import { t } from '@/ui/text'
import { passOn } from './forwarding'
import { LONGEST, lengthOf } from './limits'
import { plain } from './markdown'
import { type Target, useTargets } from './targets'

const MOST = 50

interface Props {
  id: string
  onClose(): void
}

/** Passes a message on: where to, perhaps with words of one's own, and who can read it then. */
export function ForwardDialog({ id, onClose }: Props) {
  const message = useEntity('message', id)
  const [target, setTarget] = useState<Target | null>(null)
  const [words, setWords] = useState('')
  const { busy, send } = useSending(id, target, words, onClose)
  if (!message) return null
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('messages.forward.title')}
      actions={
        target && (
          <>
            <Button look="ghost" onClick={() => setTarget(null)}>
              {t('messages.forward.elsewhere')}
            </Button>
            <Button look="primary" busy={busy} disabled={lengthOf(words) > LONGEST} onClick={send}>
              {t('messages.forward.send')}
            </Button>
          </>
        )
      }
    >
      <Source message={message} />
      {target ? (
        <Chosen target={target} messageId={id} words={words} onWords={setWords} onSend={send} />
      ) : (
        <Choice message={message} onChoose={setTarget} />
      )}
    </Dialog>
  )
}

function useSending(id: string, target: Target | null, words: string, onClose: () => void) {
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const run = async ({ to, text: name }: Target) => {
    setBusy(true)
    const channelId =
      'channelId' in to ? to.channelId : ((await openConversation([to.userId]))?.id ?? null)
    setBusy(false)
    if (!channelId) return
    onClose()
    const show = (m: string) =>
      void navigate({ to: '/c/$channelId', params: { channelId }, search: { m } })
    passOn({ id, channelId, name, words: words.trim(), show })
  }
  return { busy, send: () => target && !busy && lengthOf(words) <= LONGEST && void run(target) }
}

/** The words that go along. */
function Source({ message }: { message: Message }) {
  const source = message.forwarded && !message.text ? message.forwarded : message
  const person = usePerson(source.author_id)
  return (
    <blockquote className="mb-4 rounded-card bg-(--raised) px-3.5 py-2.5">
      <p className="truncate text-small">
        <bdi className="font-strong text-ink-2">
          {person ? plainName(person.name) : t('messages.someone')}
        </bdi>
      </p>
      <p dir="auto" className="line-clamp-2 break-words text-ink-1">
        {plain(source.text) || t('messages.quote.wordless')}
      </p>
    </blockquote>
  )
}

interface ChoiceProps {
  message: Message
  onChoose(target: Target): void
}

/** Typing finds, Enter chooses. */
function Choice({ message, onChoose }: ChoiceProps) {
  const [typed, setTyped] = useState('')
  const group = useEntity('channel', message.channel_id)?.group_id ?? null
  const { targets, pending } = useTargets(message.channel_id, group)
  const found = useMemo(() => rank(targets, typed).slice(0, MOST), [targets, typed])
  return (
    <Command shouldFilter={false} loop label={t('messages.forward.to')}>
      <div
        className={`${fieldSurface} flex min-h-10 items-center gap-2 py-1.5 pointer-coarse:min-h-11`}
      >
        <Search size={18} aria-hidden className="text-ink-3" />
        <Command.Input
          dir="auto"
          value={typed}
          onValueChange={setTyped}
          placeholder={t('messages.forward.to')}
          className="min-w-24 flex-1 bg-transparent outline-none"
        />
      </div>
      <Command.List
        label={t('messages.forward.places')}
        className="mt-3 h-64 overflow-y-auto overscroll-contain"
      >
        {found.map(({ item, match }) => (
          <Command.Item
            key={item.key}
            value={item.key}
            onSelect={() => onChoose(item)}
            className="flex min-h-10 cursor-default select-none items-center gap-3 rounded-row px-2 data-[selected=true]:bg-stone-4 pointer-coarse:min-h-11"
          >
            <TargetLine target={item} hits={match.hits} />
          </Command.Item>
        ))}
        {found.length === 0 && !pending && (
          <p className="px-2 pt-2 text-ink-3">{t('messages.forward.none', { text: typed })}</p>
        )}
      </Command.List>
    </Command>
  )
}

function TargetLine({ target, hits }: { target: Target; hits: readonly number[] }) {
  return (
    <>
      <span className="grid w-5 shrink-0 place-items-center text-ink-3">{target.icon}</span>
      <span dir="auto" className="min-w-0 truncate text-ink-1">
        <Marked text={target.text} hits={hits} />
      </span>
      <span dir="auto" className="min-w-0 flex-1 truncate text-ink-3 text-small">
        {target.note}
      </span>
    </>
  )
}

interface ChosenProps {
  target: Target
  messageId: string
  words: string
  onWords(words: string): void
  onSend(): void
}

/** The place that was chosen, who reads it there, and words of one's own. */
function Chosen({ target, messageId, words, onWords, onSend }: ChosenProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    onSend()
  }
  const over = lengthOf(words) - LONGEST
  return (
    <>
      <p className="flex min-h-10 items-center gap-3 px-2">
        <TargetLine target={target} hits={[]} />
      </p>
      <p className="mt-1 mb-4 flex gap-3 px-2 text-ink-2 text-small">
        <Users size={16} aria-hidden className="mx-0.5 mt-px shrink-0 text-ink-3" />
        <span role="status">{useAudience(target, messageId)}</span>
      </p>
      <Field
        label={t('messages.forward.words')}
        error={over > 0 ? t('messages.composer.over', { over }) : null}
      >
        {(control) => (
          <TextArea
            {...control}
            autoFocus
            value={words}
            onChange={(event) => onWords(event.target.value)}
            onKeyDown={onKeyDown}
            className="max-h-40"
          />
        )}
      </Field>
    </>
  )
}

/** Who can read it then that cannot now, in a sentence. */
function useAudience({ to, text: name }: Target, messageId: string): string {
  const channelId = 'channelId' in to ? to.channelId : null
  const { data } = useQuery({
    queryKey: ['new-readers', messageId, channelId],
    queryFn: () => {
      const path = { message_id: messageId, channel_id: channelId ?? '' }
      const address = '/api/messages/{message_id}/new-readers/{channel_id}'
      return unwrap(api.GET(address, { params: { path } }))
    },
    enabled: channelId !== null,
    staleTime: 0,
  })
  if (!channelId) return t('messages.forward.person', { name })
  if (!data) return t('messages.forward.members', { name })
  if (data.count === 0) return t('messages.forward.nobodyNew', { name })
  return t('messages.forward.newReaders', { name, count: data.count })
}
