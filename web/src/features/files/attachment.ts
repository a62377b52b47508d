import type { FileOut, UploadOut } from '@/api/types'

/** A file that goes with what is being written in a place. */
export interface Attachment {
  id: string
  place: string
  name: string
  size: number
  /** The media type as this device sees it: only for the picture on the card. */
  media: string
  /** What the file looks like, on this device. */
  thumb: string | null
  /** `waiting`: the line is down, or the server asked for a rest; it goes on by itself. */
  state: 'queued' | 'sending' | 'waiting' | 'failed' | 'ready'
  sent: number
  problem: string | null
  file: FileOut | null
}

/** What the uploads need; tests bring doubles. */
export interface UploadWorld {
  start(body: { client_id: string; name: string; size: number }): Promise<UploadOut>
  piece(id: string, offset: number, bytes: ArrayBuffer, signal: AbortSignal): Promise<UploadOut>
  state(id: string): Promise<UploadOut>
  cancel(id: string): Promise<unknown>
  picture(file: Blob): string | null
  forget(picture: string): void
  /** Why it failed, in words, where the server has none. */
  words(problem: 'unreadable' | 'server'): string
  random(): number
}
