import { useRouter } from '@tanstack/react-router'
import { type MouseEvent, type ReactNode, useState } from 'react'
import { useEntity } from '@/api/entities'
import { useSession } from '@/api/session'
import { cx } from '@/ui/cx'
import { plainName } from '@/ui/names'
import { t } from '@/ui/text'
import { EVERYONE, MENTION, safeUrl } from './markdown'

const NON_ASCII = /[^\p{ASCII}]/u

/** Where the link leads, when its words do not say so themselves. */
function lead(url: URL, auto: boolean, children: ReactNode): string | null {
  if (url.protocol === 'mailto:') return auto ? null : url.pathname
  // Look-alike letters in a spelled-out address: the real host stands beside it.
  const spelled = auto && !NON_ASCII.test(String(children))
  return spelled ? null : url.host
}

/** A link that leaves: a new tab which knows nothing of us, and the host in view. */
export function Link(props: { address: string; auto: boolean; children: ReactNode }) {
  const [, kind, id] = MENTION.exec(props.address) ?? []
  if (kind && id) return <Mention {...{ kind, id }}>{props.children}</Mention>
  const url = safeUrl(props.address)
  if (!url) return <>{props.children}</>
  const host = lead(url, props.auto, flat(props.children))
  return (
    <>
      <a
        href={url.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="break-words text-sky underline decoration-transparent underline-offset-2 transition-colors hover:decoration-current"
      >
        {props.children}
      </a>
      {host && <bdi className="ml-1 text-ink-3 text-small">({host})</bdi>}
    </>
  )
}

/** Somebody who is called, under their present name; marigold when it is me. A place is a way there. */
function Mention({ kind, id, children }: { kind: string; id: string; children: ReactNode }) {
  const person = useEntity('user', kind === 'user' ? id : null)
  const place = useEntity('channel', kind === 'channel' ? id : null)
  const { me } = useSession()
  if (kind === 'channel') {
    return <PlaceLink id={id}>{place ? `#${plainName(place.name)}` : flat(children)}</PlaceLink>
  }
  return (
    <Called mine={me?.id === id}>{person ? `@${plainName(person.name)}` : flat(children)}</Called>
  )
}

function Called({ mine, children }: { mine: boolean; children: ReactNode }) {
  return (
    <bdi
      className={cx(
        'rounded-chip px-1 font-strong',
        mine ? 'bg-marigold-tint text-marigold-text' : 'bg-stone-3 text-ink-1',
      )}
    >
      {children}
    </bdi>
  )
}

/** Goes there without loading the page anew; where there is nowhere to go it is a name. */
function PlaceLink({ id, children }: { id: string; children: ReactNode }) {
  const router = useRouter({ warn: false }) as ReturnType<typeof useRouter> | null
  if (!router) return <bdi className="text-sky">{children}</bdi>
  const go = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    void router.navigate({ to: '/c/$channelId', params: { channelId: id } })
  }
  return (
    <a
      href={`/c/${id}`}
      onClick={go}
      className="text-sky underline decoration-transparent underline-offset-2 transition-colors hover:decoration-current"
    >
      <bdi>{children}</bdi>
    </a>
  )
}

/** Words, with what calls everybody as it is drawn for one. */
export function Words({ children }: { children: string }) {
  // Every second part is a word that calls.
  return children.split(EVERYONE).map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order
      <Called key={at} mine>
        @{part}
      </Called>
    ) : (
      part
    ),
  )
}

/** The letters of drawn content. */
export function flat(children: ReactNode): string {
  if (Array.isArray(children)) return children.map(flat).join('')
  if (typeof children === 'string') return children
  if (children && typeof children === 'object' && 'props' in children) {
    return flat((children.props as { children?: ReactNode }).children)
  }
  return ''
}

/** Hidden until asked for. */
export function Spoiler({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState(false)
  if (shown) return <span className="rounded-chip bg-stone-3 px-1">{children}</span>
  return (
    <button
      type="button"
      aria-label={t('messages.spoiler')}
      onClick={() => setShown(true)}
      className="rounded-chip bg-stone-4 px-1 hover:bg-line"
    >
      <span aria-hidden inert className="invisible">
        {flat(children)}
      </span>
    </button>
  )
}

/** A line of a list with its box; who ticks it edits the message. */
export function TaskItem({ done, children }: { done: boolean; children: ReactNode }) {
  return (
    <li className="-ml-6 flex list-none gap-2.5">
      <span
        role="img"
        aria-label={t(done ? 'messages.task.done' : 'messages.task.open')}
        className={`mt-[3px] grid size-[1.125rem] shrink-0 place-items-center rounded-[5px] ${
          done ? 'bg-jade text-stone-2' : 'border-[1.75px] border-ink-3'
        }`}
      >
        {done && (
          <svg viewBox="0 0 14 14" aria-hidden="true" className="size-3.5 fill-none stroke-current">
            <path d="M3 7.5l2.8 2.8L11 4.5" strokeWidth="2" strokeLinecap="round" />
          </svg>
        )}
      </span>
      <span className={done ? 'min-w-0 text-ink-3 line-through' : 'min-w-0'}>{children}</span>
    </li>
  )
}
