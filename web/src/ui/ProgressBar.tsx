import { Progress } from 'radix-ui'

/** How far long work is; without a value it only says that it goes on. */
export function ProgressBar({ label, value }: { label: string; value: number | null }) {
  return (
    <Progress.Root
      aria-label={label}
      value={value === null ? null : Math.round(value * 100)}
      className="h-1 w-full overflow-hidden rounded-full bg-stone-4"
    >
      <Progress.Indicator
        className={
          value === null
            ? 'block h-full w-full animate-shimmer bg-ink-3'
            : 'block h-full origin-left bg-ink-2 transition-transform'
        }
        style={value === null ? undefined : { transform: `scaleX(${value})` }}
      />
    </Progress.Root>
  )
}
