import { Download } from 'lucide-react'
import type { FileOut } from '@/api/types'
import { cx } from '@/ui/cx'
import { plainName } from '@/ui/names'
import { Tooltip } from '@/ui/Tooltip'
import { t } from '@/ui/text'
import { downloadOf } from './kinds'

interface Props {
  file: Pick<FileOut, 'id' | 'name'>
  side?: 'top' | 'bottom'
  small?: boolean
}

/** Saves a file on this device. A link, so that the browser does what it does with links. */
export function DownloadLink({ file, side = 'top', small }: Props) {
  return (
    <Tooltip text={t('files.download')} side={side}>
      <a
        href={downloadOf(file)}
        download={file.name}
        aria-label={t('files.download.named', { name: plainName(file.name) })}
        className={cx(
          'touch-target grid shrink-0 place-items-center text-ink-3 transition-colors hover:bg-stone-4 hover:text-ink-1',
          small ? 'size-[1.875rem] rounded-control' : 'size-9 rounded-row',
        )}
      >
        <Download size={small ? 16 : 18} aria-hidden />
      </a>
    </Tooltip>
  )
}
