/** A place in our own house to go to after sign-in, or null: never another origin. */
export function safePath(value: unknown): string | null {
  if (typeof value !== 'string' || !value.startsWith('/')) return null
  const target = URL.parse(value, location.origin)
  if (!target || target.origin !== location.origin) return null
  // Written anew by the parser, so that no spelling survives that another parser reads differently.
  const path = target.pathname + target.search + target.hash
  return path.startsWith('//') ? null : path
}
