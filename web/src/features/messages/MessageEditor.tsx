import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { ApiError } from '@/api/client'
import type { Message } from '@/api/types'
import { Button } from '@/ui/Button'
import { Kbd } from '@/ui/Kbd'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { editMessage } from './api'
import { useTalk } from './context'
import { CallNotes } from './LazyCallNotes'
import { LONGEST, lengthOf } from './limits'
import { called } from './mentions'
import { show, toMarkdown } from './shown'
import { useAsking } from './useAsking'
import { useGrowing } from './useGrowing'
import { useNamedField } from './useNamedField'

/** The message as a field, in its own place. */
export function MessageEditor({ message }: { message: Message }) {
  const talk = useTalk()
  const { channelId, line } = talk
  const [shown, setShown] = useState(() => show(message.text))
  const text = toMarkdown(shown)
  const field = useRef<HTMLTextAreaElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const naming = useNamedField({ channelId, line, field, frame, shown, change: setShown })
  const { ask, dialog } = useAsking(channelId)
  useGrowing(field, shown.text)
  useEffect(() => {
    const area = field.current
    area?.focus()
    area?.setSelectionRange(area.value.length, area.value.length)
  }, [])
  const save = () => {
    const next = text.trim()
    if (lengthOf(next) > LONGEST) return
    if (next === '') return talk.remove(message.id)
    // Who was told already is not told again: only what is new in it asks.
    ask(called(message.text).channel ? '' : next, () => {
      talk.edit(null)
      if (next !== message.text) void send(message.id, next)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // The list and the page have keys of their own; while one writes they wait.
    event.stopPropagation()
    if (event.nativeEvent.isComposing || naming.onKey(event)) return
    if (event.key === 'Escape') talk.edit(null)
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    save()
  }
  return (
    <div className="my-1">
      <div ref={frame} className="relative">
        {naming.list}
        <textarea
          {...naming.props}
          ref={field}
          value={shown.text}
          dir="auto"
          rows={1}
          aria-label={t('messages.edit.label')}
          onKeyDown={onKeyDown}
          className="block w-full resize-none rounded-card bg-stone-3 px-3 py-2 text-ink-body text-message focus:outline-[1.5px] focus:outline-field-focus focus:outline-offset-0"
        />
      </div>
      <CallNotes channelId={channelId} shown={shown} markdown={text} />
      <div className="mt-1.5 flex items-center gap-2 text-ink-3 text-tiny">
        <Button size="small" onClick={save} disabled={lengthOf(text.trim()) > LONGEST}>
          {t('messages.edit.save')}
        </Button>
        <Button size="small" look="ghost" onClick={() => talk.edit(null)}>
          {t('messages.edit.cancel')}
        </Button>
        <span className="ml-1 flex items-center gap-1 phone:hidden">
          <Kbd keys="enter" /> <Kbd keys="escape" />
        </span>
      </div>
      {dialog}
    </div>
  )
}

async function send(id: string, text: string): Promise<void> {
  try {
    await editMessage(id, text)
  } catch (problem) {
    const reason = problem instanceof ApiError ? problem.message : ''
    const retry = { label: t('messages.failed.retry'), run: () => void send(id, text) }
    toast({
      text: t('messages.edit.failed', { reason }),
      tone: 'bad',
      action: retry,
      lasting: true,
    })
  }
}
