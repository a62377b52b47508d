import { api, unwrap } from '@/api/client'
import { connection } from '@/api/connection'
import { session } from '@/api/session'
import { t } from '@/ui/text'
import { Uploads } from './uploads'

const PICTURES = /^image\/(png|jpeg|gif|webp)$/
const path = (upload_id: string) => ({ path: { upload_id } })

/** The files on their way from this page. */
export const uploads = new Uploads({
  start: (body) => unwrap(api.POST('/api/uploads', { body })),
  piece: (id, offset, bytes, signal) =>
    unwrap(
      api.PATCH('/api/uploads/{upload_id}', {
        params: { ...path(id), header: { 'upload-offset': offset } },
        headers: { 'Content-Type': 'application/octet-stream' },
        body: bytes as never,
        bodySerializer: () => bytes,
        signal,
      }),
    ),
  state: (id) => unwrap(api.GET('/api/uploads/{upload_id}', { params: path(id) })),
  cancel: (id) => unwrap(api.DELETE('/api/uploads/{upload_id}', { params: path(id) })),
  picture: (file) => (PICTURES.test(file.type) ? URL.createObjectURL(file) : null),
  forget: (picture) => URL.revokeObjectURL(picture),
  words: (problem) =>
    problem === 'server' ? t('files.problem.server') : t('files.problem.unreadable'),
  random: Math.random,
})

connection.subscribe(() => {
  if (connection.get().state === 'online') uploads.wake()
})

// What one person was about to send is nothing for the next one.
let person: string | null = null
session.subscribe(() => {
  const now = session.get().me?.id ?? null
  if (person !== null && now !== person) uploads.clear()
  person = now
})

addEventListener('beforeunload', (event) => {
  if (uploads.size > 0) event.preventDefault()
})
