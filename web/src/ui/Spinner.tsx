import { LoaderCircle } from 'lucide-react'
import { cx } from './cx'

/** Turns while something is under way; the words beside it say what. */
export function Spinner({ size = 16, className }: { size?: number; className?: string }) {
  return <LoaderCircle size={size} aria-hidden className={cx('animate-turn', className)} />
}
