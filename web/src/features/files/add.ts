import type { ClipboardEvent as ReactClipboardEvent } from 'react'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { uploads } from './here'

/** The server takes no more with one message. */
const MOST = 20

/** Puts files to the draft of a place; what is too many is said and left out. */
export function addFiles(place: string, files: readonly File[]): void {
  const room = Math.max(0, MOST - uploads.of(place).length)
  if (files.length > room) toast({ text: t('files.tooMany', { most: MOST }), tone: 'bad' })
  uploads.add(place, files.slice(0, room))
}

/** Pasted files and pictures become attachments; where there are words too, the words are meant. */
export function pasteFiles(place: string, event: ReactClipboardEvent): void {
  pasteInto(place, event.nativeEvent)
}

/** The same for an event of the page itself; true when there was something for us. */
export function pasteInto(place: string, event: ClipboardEvent): boolean {
  const data = event.clipboardData
  if (!data || data.files.length === 0 || data.types.includes('text/plain')) return false
  event.preventDefault()
  addFiles(place, [...data.files])
  return true
}
