/** Where what is in the hand would land. */
export function DropLine({ top }: { top: number }) {
  return (
    <div
      aria-hidden
      style={{ top: top - 1 }}
      className="pointer-events-none absolute inset-x-2 z-30 h-0.5 rounded-full bg-marigold"
    />
  )
}
