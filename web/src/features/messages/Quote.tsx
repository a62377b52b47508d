import { CornerUpLeft, X } from 'lucide-react'
import { useEffect } from 'react'
import { entities, useEntity } from '@/api/entities'
import { usePerson } from '@/api/people'
import type { Message } from '@/api/types'
import { IconButton } from '@/ui/IconButton'
import { plainName } from '@/ui/names'
import { t } from '@/ui/text'
import { fetchMessage } from './api'
import { useTalk } from './context'
import { useHushed } from './hushed'
import { plain } from './markdown'

/** A message by id; one that is on no list is asked for. */
function useMessage(id: string): Message | undefined {
  const message = useEntity('message', id)
  useEffect(() => {
    if (message) return
    void fetchMessage(id).then(
      (found) => entities.version('message', id) < 0 && entities.put('message', found, 0),
      // Gone, or no line: the quote says so.
      () => undefined,
    )
  }, [id, message])
  return message
}

function Words({ id }: { id: string }) {
  const message = useMessage(id)
  const author = usePerson(message?.author_id ?? '')
  const name = author ? plainName(author.name) : t('messages.someone')
  const gone = !message || message.deleted
  const { folded } = useHushed(id, message?.author_id ?? '')
  if (folded && !gone) return <span className="min-w-0 truncate">{t('messages.hushed')}</span>
  return (
    <>
      {!gone && <bdi className="shrink-0 font-strong text-ink-2">{name}</bdi>}
      <span dir="auto" className="min-w-0 truncate">
        {gone ? t('messages.quote.gone') : plain(message.text) || t('messages.quote.wordless')}
      </span>
    </>
  )
}

/** What a message answers, above it: a click goes there. */
export function Quoted({ id }: { id: string }) {
  const talk = useTalk()
  return (
    <button
      type="button"
      onClick={(event) => goTo(id, event.currentTarget, talk.jump)}
      className="relative mb-0.5 flex max-w-full items-center gap-1.5 text-left text-ink-3 text-small transition-colors before:absolute before:inset-x-0 before:-inset-y-1.5 hover:text-ink-1"
    >
      <CornerUpLeft size={14} aria-hidden className="shrink-0" />
      <span className="sr-only">{t('messages.quote.jump')}</span>
      <Words id={id} />
    </button>
  )
}

/** To the row when it is in the same list, else by its address. */
function goTo(id: string, from: Element, jump: (id: string) => void): void {
  const key = entities.get('message', id)?.client_id || id
  const feed = from.closest('[role=feed]')
  const row = feed?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`)
  if (row) {
    row.scrollIntoView({ block: 'center' })
    row.focus({ preventScroll: true })
  } else jump(id)
}

/** What the words being written answer, above them. */
export function QuoteLine({ id, onCancel }: { id: string; onCancel(): void }) {
  return (
    <div className="flex items-center gap-1.5 pr-0.5 pb-0.5 text-ink-3 text-small">
      <CornerUpLeft size={14} aria-hidden className="shrink-0" />
      <span className="flex min-w-0 flex-1 gap-1.5">
        <Words id={id} />
      </span>
      <IconButton icon={X} small label={t('messages.quote.cancel')} onClick={onCancel} />
    </div>
  )
}
