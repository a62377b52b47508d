import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { api, unwrap } from '@/api/client'
import { useEntity } from '@/api/entities'
import { Dialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { Loading, Skeleton } from '@/ui/Skeleton'
import { t } from '@/ui/text'
import { inFull } from './dates'
import { wordDiff } from './wordDiff'

interface Wording {
  text: string
  written_at: string
}

/** How a message was worded, the newest first, with what each edit changed. For all who read it. */
export function HistoryDialog({ id, onClose }: { id: string; onClose(): void }) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('messages.history')}
      description={t('messages.history.text')}
      reading
    >
      <Wordings id={id} />
    </Dialog>
  )
}

function Wordings({ id }: { id: string }) {
  const message = useEntity('message', id)
  const edited = message?.edited_at ?? null
  const earlier = useQuery({
    queryKey: ['versions', id, edited],
    queryFn: () => {
      const params = { path: { message_id: id } }
      return unwrap(api.GET('/api/messages/{message_id}/versions', { params }))
    },
  })
  if (earlier.isPending) return <Waiting />
  if (earlier.error || !message || message.deleted) {
    return (
      <ErrorState
        title={t('messages.history.failed')}
        text={earlier.error?.message ?? t('messages.quote.gone')}
        onRetry={() => void earlier.refetch()}
      />
    )
  }
  const now = { text: message.text, written_at: edited ?? message.created_at }
  const all: Wording[] = [now, ...earlier.data]
  return (
    <ol aria-label={t('messages.history')} className="grid gap-5">
      {all.map((wording, index) => (
        <li key={wording.written_at}>
          <p className="flex flex-wrap items-baseline gap-x-2 text-small">
            <time dateTime={wording.written_at} className="font-strong text-ink-2">
              {inFull(Date.parse(wording.written_at))}
            </time>
            <span className="text-ink-3">
              {index === 0 && t('messages.history.now')}
              {index > 0 && index === all.length - 1 && t('messages.history.first')}
            </span>
          </p>
          <Words earlier={all[index + 1]?.text} text={wording.text} />
        </li>
      ))}
    </ol>
  )
}

/** Said by a word for who hears it, underlined or struck out for who sees no colours. */
function Words({ earlier, text }: { earlier: string | undefined; text: string }) {
  const pieces = earlier === undefined ? [] : wordDiff(earlier, text)
  return (
    <p
      dir="auto"
      className="mt-1.5 whitespace-pre-wrap break-words rounded-card bg-(--raised) px-3.5 py-2.5 text-ink-1"
    >
      {pieces.length === 0 && (text || t('messages.quote.wordless'))}
      {pieces.map(({ kind, text: words }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name and do not move
        <Fragment key={index}>
          {kind === 'same' && words}
          {kind === 'added' && (
            <ins className="mx-px rounded-[3px] px-0.5 bg-jade/20 underline decoration-2 decoration-jade underline-offset-2">
              <span className="sr-only">{t('messages.history.added')}</span>
              {words}
            </ins>
          )}
          {kind === 'removed' && (
            <del className="mx-px rounded-[3px] px-0.5 bg-rose/15 text-ink-2 line-through decoration-rose">
              <span className="sr-only">{t('messages.history.removed')}</span>
              {words}
            </del>
          )}
        </Fragment>
      ))}
    </p>
  )
}

function Waiting() {
  return (
    <Loading>
      <div className="grid gap-5">
        {[1, 2].map((row) => (
          <div key={row}>
            <Skeleton className="h-4 w-48" />
            <Skeleton className="mt-1.5 h-11 w-full" />
          </div>
        ))}
      </div>
    </Loading>
  )
}
