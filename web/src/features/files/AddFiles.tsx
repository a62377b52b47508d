import { Plus } from 'lucide-react'
import { useRef } from 'react'
import { IconButton } from '@/ui/IconButton'
import { t } from '@/ui/text'
import { addFiles } from './add'

/** The plus beside the field: files from this device. */
export function AddFiles({ place, disabled }: { place: string; disabled: boolean }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          addFiles(place, [...(event.target.files ?? [])])
          // The same file can be chosen once more.
          event.target.value = ''
        }}
      />
      <IconButton
        icon={Plus}
        label={t('files.add')}
        disabled={disabled}
        onClick={() => input.current?.click()}
        className="hover:bg-stone-4 phone:size-11"
      />
    </>
  )
}
