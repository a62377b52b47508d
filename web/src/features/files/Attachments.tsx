import type { FileOut } from '@/api/types'
import { cx } from '@/ui/cx'
import { plainName } from '@/ui/names'
import { t } from '@/ui/text'
import { type DrawCode, FileCard, SoundCard } from './FileCard'
import { openGallery } from './gallery'
import { contentOf, isShowable, previewOf } from './kinds'

/** Half of the reading column. */
const WIDE = 360
const HIGH = 300
/** More pictures than this stand behind the last tile. */
const TILES = 9

/** The files of a message: pictures first, then films, sounds and cards. */
export function Attachments({ files, code }: { files: readonly FileOut[]; code: DrawCode }) {
  if (files.length === 0) return null
  const pictures = files.filter(({ kind }) => kind === 'image')
  const others = files.filter(({ kind }) => kind !== 'image')
  const shown = files.filter((file) => isShowable(file) && file.kind !== 'pdf')
  const [only] = pictures
  return (
    <div className="mt-1.5 mb-1 flex flex-wrap items-start gap-2.5">
      {only && pictures.length === 1 && <Single file={only} all={shown} />}
      {pictures.length > 1 && <Tiles pictures={pictures} all={shown} />}
      {others.map((file) => (
        <Other key={file.id} file={file} code={code} />
      ))}
    </div>
  )
}

function Other({ file, code }: { file: FileOut; code: DrawCode }) {
  if (file.kind === 'video') return <Film file={file} />
  if (file.kind === 'audio') return <SoundCard file={file} />
  return <FileCard file={file} code={code} />
}

interface PictureProps {
  file: FileOut
  /** What the gallery goes through from here. */
  all: readonly FileOut[]
}

/** Its place is kept from its size, so that nothing moves when it comes. */
function Single({ file, all }: PictureProps) {
  const [width, height] = [file.width ?? WIDE, file.height ?? HIGH]
  const scale = Math.min(1, WIDE / width, HIGH / height)
  return (
    <Picture
      file={file}
      all={all}
      style={{ width: Math.max(48, Math.round(width * scale)), aspectRatio: `${width}/${height}` }}
      className="max-w-full"
    />
  )
}

function Tiles({ pictures, all }: { pictures: readonly FileOut[]; all: readonly FileOut[] }) {
  const more = pictures.length - TILES
  const many = pictures.length > 4
  return (
    <div
      className={cx(
        'grid w-[min(22.5rem,100%)] gap-1.5',
        many ? 'grid-cols-3' : 'grid-cols-2',
        pictures.length === 3 && '*:first:col-span-2 *:first:aspect-2/1',
      )}
    >
      {pictures.slice(0, TILES).map((file, index) => (
        <Picture
          key={file.id}
          file={file}
          all={all}
          more={index === TILES - 1 && more > 0 ? more : 0}
          className={many ? 'aspect-square' : 'aspect-4/3'}
        />
      ))}
    </div>
  )
}

interface LookProps extends PictureProps {
  className: string
  style?: { width: number; aspectRatio: string }
  more?: number
}

function Picture({ file, all, className, style, more = 0 }: LookProps) {
  const name = plainName(file.name)
  // A preview stands still; what moves is shown as it is.
  const small = file.has_preview && file.type !== 'image/gif'
  return (
    <button
      type="button"
      aria-label={t('files.open.named', { name })}
      data-file={file.id}
      onClick={(event) => openGallery(all, file, event.currentTarget)}
      {...(style ? { style } : {})}
      className={cx('relative min-w-0 overflow-hidden rounded-card bg-stone-3', className)}
    >
      <img
        src={small ? previewOf(file) : contentOf(file)}
        alt=""
        loading="lazy"
        decoding="async"
        className="absolute inset-0 size-full object-cover"
      />
      {more > 0 && (
        <span
          aria-hidden
          className="absolute inset-0 grid place-items-center bg-stone-0/80 font-semibold text-ink-1 text-section"
        >
          {t('files.more', { more })}
        </span>
      )}
    </button>
  )
}

function Film({ file }: { file: FileOut }) {
  return (
    // biome-ignore lint/a11y/useMediaCaption: people's own films come without captions
    <video
      controls
      playsInline
      preload="metadata"
      src={contentOf(file)}
      aria-label={plainName(file.name)}
      className="aspect-video w-[min(22.5rem,100%)] rounded-card bg-stone-1"
    />
  )
}
