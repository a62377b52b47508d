import { Bookmark, type LucideIcon, Pin } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { useEntity } from '@/api/entities'
import type { Unsent } from '@/api/outbox'
import { usePerson } from '@/api/people'
import type { Message as MessageData } from '@/api/types'
import { outbox } from '@/api/unsent'
import { Attachments } from '@/features/files/Attachments'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { plainName } from '@/ui/names'
import { t } from '@/ui/text'
import { ActionBar } from './ActionBar'
import { CodeBlock } from './CodeBlock'
import { useTalk } from './context'
import { clock, inFull, moment } from './dates'
import { Foot, ThreadFoot } from './Foot'
import { HushAgain, Hushed } from './Hushed'
import { useHushed } from './hushed'
import { Markdown } from './Markdown'
import { MessageEditor } from './MessageEditor'
import { Quoted } from './Quote'
import { useSaved } from './saved'

interface RowProps {
  first: boolean
  /** Has the pointer or the focus: shows its actions. */
  lit: boolean
  editing: boolean
}

/** A stored message. */
export const StoredMessage = memo(function StoredMessage(props: RowProps & { id: string }) {
  const message = useEntity('message', props.id)
  const talk = useTalk()
  const { blocked, folded } = useHushed(props.id, message?.author_id ?? '')
  if (!message) return null
  const { first, lit, editing } = props
  const { root } = talk
  const at = message.position / 1000
  if (folded && !message.deleted) {
    return (
      <>
        <Hushed id={message.id} />
        <span />
        <ThreadFoot message={message} />
      </>
    )
  }
  return (
    <>
      <Frame author={message.author_id} at={at} first={first || blocked}>
        {message.also && !root && <FromThread id={message.id} root={message.root_id} />}
        {message.reply_to && !message.deleted && <Quoted id={message.reply_to} />}
        {editing ? (
          <MessageEditor message={message} />
        ) : message.deleted ? (
          <p className="text-ink-3 text-message italic">{t('messages.deleted')}</p>
        ) : (
          <>
            <Body text={message.text}>
              <EditedMark message={message} />
              <KeptMarks message={message} />
            </Body>
            {message.forwarded && <Forwarded id={message.id} source={message.forwarded} />}
          </>
        )}
        {!message.deleted && <Attachments files={message.files} code={drawFile} />}
        {!editing && <Foot message={message} />}
        {blocked && !message.deleted && <HushAgain id={message.id} />}
      </Frame>
      {lit && !editing && <ActionBar message={message} />}
    </>
  )
})

/** A message on its way, or set aside: it looks as it will look. */
export const UnsentMessage = memo(function UnsentMessage(props: {
  unsent: Unsent
  me: string
  first: boolean
}) {
  const { unsent, me, first } = props
  const failed = unsent.state === 'failed'
  return (
    <Frame author={me} at={Date.parse(unsent.created_at)} first={first}>
      {unsent.with?.reply_to && <Quoted id={unsent.with.reply_to} />}
      <div className={failed ? 'opacity-60' : undefined}>
        <Body text={unsent.text}>{!failed && <OnItsWay />}</Body>
        {unsent.with?.forward_of && <ForwardedSoon id={unsent.with.forward_of} />}
        <Attachments files={unsent.files ?? []} code={drawFile} />
      </div>
      {failed && <Failure unsent={unsent} />}
    </Frame>
  )
})

/** A file is shown as code is. */
const drawFile = (code: string, name: string) => <CodeBlock code={code} info={`text ${name}`} />

function Frame(props: { author: string; at: number; first: boolean; children: ReactNode }) {
  const person = usePerson(props.author)
  const name = person ? plainName(person.name) : t('messages.someone')
  const time = clock(props.at)
  if (!props.first) {
    return (
      <>
        <time
          title={inFull(props.at)}
          className="pt-px text-right text-[0.6875rem] text-ink-3 leading-6 tabular-nums opacity-0 group-hover:opacity-100 group-focus-within:opacity-100"
        >
          {time}
        </time>
        <div className="min-w-0">
          <span className="sr-only">{name}</span>
          {props.children}
        </div>
      </>
    )
  }
  return (
    <>
      <Avatar person={{ id: props.author, name, avatar: person?.avatar ?? null }} size={36} />
      <div className="min-w-0">
        <div className="flex min-w-0 items-baseline gap-2">
          <bdi className="truncate font-bold text-author tracking-[-0.005em]">{name}</bdi>
          <time title={inFull(props.at)} className="shrink-0 text-ink-3 text-tiny tabular-nums">
            {time}
          </time>
        </div>
        {props.children}
      </div>
    </>
  )
}

function Body({ text, children }: { text: string; children?: ReactNode }) {
  if (!text && !children) return null
  return (
    <div
      dir="auto"
      // The "edited" mark goes on in the last line where that is possible.
      className="text-pretty break-words text-ink-body [&>p:has(+span)]:inline text-message compact:text-compact"
    >
      <Markdown text={text} />
      {children}
    </div>
  )
}

function EditedMark({ message }: { message: MessageData }) {
  const talk = useTalk()
  if (!message.edited_at) return null
  const time = inFull(Date.parse(message.edited_at))
  return (
    // Its place beside the text is that of a span: what goes on in the last line knows one by it.
    <span className="ml-1.5 inline-block">
      <button
        type="button"
        title={t('messages.edited.at', { time })}
        onClick={() => talk.history(message.id)}
        className="relative select-none text-ink-3 text-tiny before:absolute before:-inset-x-2 before:-inset-y-2.5 hover:text-ink-1 hover:underline"
      >
        {t('messages.edited')}
        <span className="sr-only">{t('messages.edited.show')}</span>
      </button>
    </span>
  )
}

/** Pinned for everyone, saved for me. */
function KeptMarks({ message }: { message: MessageData }) {
  const saved = useSaved(message.id)
  return (
    <>
      {message.pinned && <Mark icon={Pin} label={t('messages.pinned')} />}
      {saved && <Mark icon={Bookmark} label={t('messages.saved.mark')} />}
    </>
  )
}

function Mark({ icon: Icon, label }: { icon: LucideIcon; label: string }) {
  return (
    <span role="img" aria-label={label} title={label} className="ml-1.5 inline-block text-ink-3">
      <Icon size={13} aria-hidden className="inline-block align-[-0.1em]" />
    </span>
  )
}

interface ForwardedProps {
  /** The message that carries them. */
  id: string
  source: NonNullable<MessageData['forwarded']>
}

/** Somebody else's words, as they were when they were passed on. */
function Forwarded({ id, source }: ForwardedProps) {
  const person = usePerson(source.author_id)
  const { folded } = useHushed(id, source.author_id)
  const at = Date.parse(source.created_at)
  if (folded) {
    return (
      <div className="mt-1 grid grid-cols-[1.5rem_minmax(0,1fr)] rounded-card bg-stone-3 px-3.5 py-2.5">
        <Hushed id={id} />
      </div>
    )
  }
  return (
    <div className="mt-1 rounded-card bg-stone-3 px-3.5 py-2.5">
      <p className="flex min-w-0 items-baseline gap-2 text-small">
        <bdi className="truncate font-strong text-ink-2">
          {person ? plainName(person.name) : t('messages.someone')}
        </bdi>
        <time title={inFull(at)} className="shrink-0 text-ink-3 text-tiny tabular-nums">
          {moment(at)}
        </time>
      </p>
      <Body text={source.text} />
    </div>
  )
}

/** What is being passed on, as far as it is known here. */
function ForwardedSoon({ id }: { id: string }) {
  const message = useEntity('message', id)
  if (!message) return null
  const { author_id, channel_id, created_at, text } = message
  const source = { message_id: id, author_id, channel_id, created_at, text }
  return <Forwarded id={id} source={message.forwarded && !text ? message.forwarded : source} />
}

/** Said in a thread and here too: the way there. */
function FromThread({ id, root }: { id: string; root: string | null }) {
  const talk = useTalk()
  const words = t('messages.thread.also')
  if (!root) return <p className="text-ink-3 text-small">{words}</p>
  return (
    <button
      type="button"
      onClick={() => talk.thread(root, id)}
      className="touch-target block text-ink-3 text-small hover:text-ink-1 hover:underline"
    >
      {words}
    </button>
  )
}

/** Said only when it takes long enough to be noticed. */
function OnItsWay() {
  return (
    <span className="ml-2 inline-block animate-[appear_120ms_ease-out_2s_backwards] select-none text-ink-3 text-tiny">
      {t('messages.sending')}
    </span>
  )
}

function Failure({ unsent }: { unsent: Unsent }) {
  const { reason, client_id } = unsent
  return (
    <div role="alert" className="mt-1 flex flex-wrap items-center gap-x-1 gap-y-1.5">
      <span className="mr-2 text-rose text-small">
        {reason ? t('messages.failed', { reason }) : t('messages.failed.bare')}
      </span>
      <Button size="small" onClick={() => outbox.retry(client_id)}>
        {t('messages.failed.retry')}
      </Button>
      <Button size="small" look="ghost" onClick={() => outbox.remove(client_id)}>
        {t('messages.failed.remove')}
      </Button>
    </div>
  )
}
