import { ApiError, api, unwrap } from '@/api/client'
import { toast } from '@/ui/Toast'
import { type TextId, t } from '@/ui/text'
import { pinMessage } from './api'
import { isSaved, savedChanged } from './saved'

function said(problem: unknown, text: 'messages.pin.failed' | 'messages.save.failed'): void {
  const reason = problem instanceof ApiError ? problem.message : ''
  toast({ text: t(text, { reason }), tone: 'bad' })
}

/** Pins a message to its place for everyone, or takes the pin out. */
export function setPinned(id: string, pinned: boolean): void {
  const done: TextId = pinned ? 'messages.pin.done' : 'messages.pin.undone'
  void pinMessage(id, pinned).then(
    () => toast({ text: t(done), tone: 'good' }),
    (problem) => said(problem, 'messages.pin.failed'),
  )
}

/** Puts a message aside for later, or lets it go: seen at once, undone when it could not be. */
export function setSaved(id: string, saved: boolean): void {
  if (isSaved(id) === saved) return
  note(id, saved)
  const how = { params: { path: { message_id: id } } }
  const path = '/api/messages/{message_id}/saved'
  void unwrap(saved ? api.PUT(path, how) : api.DELETE(path, how)).then(
    () => toast({ text: t(saved ? 'messages.save.done' : 'messages.save.undone'), tone: 'good' }),
    (problem) => {
      note(id, !saved)
      said(problem, 'messages.save.failed')
    },
  )
}

function note(message_id: string, saved: boolean): void {
  savedChanged({ message_id, saved })
}
