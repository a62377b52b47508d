import { cell } from '@/api/store'
import type { FileOut } from '@/api/types'

/** What the gallery shows, and where the focus goes back to. */
interface Opened {
  files: readonly FileOut[]
  index: number
  home: HTMLElement
}

/** The gallery that lies over the page, if one does. */
export const gallery = cell<Opened | null>(null)

/** Opens the gallery at one of these files. */
export function openGallery(files: readonly FileOut[], file: FileOut, home: HTMLElement): void {
  gallery.set({ files, index: Math.max(0, files.indexOf(file)), home })
}
