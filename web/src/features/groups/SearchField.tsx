import type { LucideIcon } from 'lucide-react'
import { fieldSurface } from '@/ui/Input'

interface Props {
  icon: LucideIcon
  label: string
  value: string
  onChange: (value: string) => void
}

/** Narrows the list below it while one types. */
export function SearchField({ icon: Icon, label, value, onChange }: Props) {
  return (
    <div
      className={`${fieldSurface} flex h-10 min-w-0 flex-1 items-center gap-2.5 pointer-coarse:h-11`}
    >
      <Icon size={18} aria-hidden className="text-ink-3" />
      <input
        type="search"
        dir="auto"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="min-w-0 flex-1 bg-transparent outline-none [&::-webkit-search-cancel-button]:hidden"
      />
    </div>
  )
}
