import { i18n } from '@lingui/core'
import {
  File,
  FileArchive,
  FileCode,
  FileImage,
  FileMusic,
  FilePlay,
  FileText,
  type LucideIcon,
} from 'lucide-react'
import type { FileOut } from '@/api/types'
import { type TextId, t } from '@/ui/text'

/** What a file is, told by its bytes. */
export type Kind = FileOut['kind']

interface Look {
  icon: LucideIcon
  one: TextId
  many: TextId
}

/** How each kind looks and is called, in the order of the filter. */
export const KINDS: Record<Kind, Look> = {
  image: { icon: FileImage, one: 'files.kind.image', many: 'files.kinds.image' },
  video: { icon: FilePlay, one: 'files.kind.video', many: 'files.kinds.video' },
  audio: { icon: FileMusic, one: 'files.kind.audio', many: 'files.kinds.audio' },
  pdf: { icon: FileText, one: 'files.kind.pdf', many: 'files.kinds.pdf' },
  text: { icon: FileText, one: 'files.kind.text', many: 'files.kinds.text' },
  code: { icon: FileCode, one: 'files.kind.code', many: 'files.kinds.code' },
  archive: { icon: FileArchive, one: 'files.kind.archive', many: 'files.kinds.archive' },
  other: { icon: File, one: 'files.kind.other', many: 'files.kinds.other' },
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** A size in few letters: 184 kB, 1.2 MB. */
export function sizeText(bytes: number): string {
  // What would round up to a thousand is one of the next unit.
  const step = bytes < 1 ? 0 : Math.floor(Math.log10(bytes * 1.0005) / 3)
  const power = Math.min(step, UNITS.length - 1)
  const value = bytes / 1000 ** power
  return new Intl.NumberFormat(i18n.locale || 'en', {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && power > 1 ? 1 : 0,
  }).format(value)
}

/** "PDF, 184 kB" */
export function kindAndSize(file: Pick<FileOut, 'kind' | 'size'>): string {
  return t('files.meta', { kind: t(KINDS[file.kind].one), size: sizeText(file.size) })
}

/** Can the gallery show it: pictures, films, and the first page of a PDF. */
export function isShowable(file: FileOut): boolean {
  return file.kind === 'image' || file.kind === 'video' || (file.kind === 'pdf' && file.has_preview)
}

/** Where the bytes are; the browser shows them when that is harmless. */
export const contentOf = (file: Pick<FileOut, 'id'>) => `/api/files/${file.id}/content`

/** Where the bytes are for saving. */
export const downloadOf = (file: Pick<FileOut, 'id'>) => `${contentOf(file)}?download=true`

/** A small picture of the file. */
export const previewOf = (file: Pick<FileOut, 'id'>) => `/api/files/${file.id}/preview`
