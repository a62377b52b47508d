/** How a row of a list looks: open, with something new, muted, or none of these. */
export function rowTone(open: boolean, bold: boolean, muted: boolean): string {
  if (open) return 'bg-stone-3 font-strong text-ink-1 light:bg-stone-2 light:shadow-row'
  const over = 'hover:bg-stone-2 light:hover:bg-stone-1 data-[state=open]:bg-stone-2'
  if (bold) return `font-bold text-ink-1 ${over}`
  if (muted) return `font-book text-ink-3 ${over}`
  return `font-book text-ink-2 ${over}`
}
