const apple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

const names: Record<string, string> = {
  mod: apple ? '⌘' : 'Ctrl',
  alt: apple ? '⌥' : 'Alt',
  shift: apple ? '⇧' : 'Shift',
  enter: '↵',
  escape: 'Esc',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
}

/** `mod+k` as this machine writes it: ⌘K or Ctrl K. */
export function keyNames(combination: string): string[] {
  return combination.split('+').map((key) => names[key] ?? key.toUpperCase())
}

/** The keys of a shortcut, one cap each. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex shrink-0 gap-1 pointer-coarse:hidden">
      {keyNames(keys).map((name) => (
        <kbd
          key={name}
          className="min-w-[1.125rem] rounded-chip bg-stone-3 px-[5px] text-center font-medium font-ui text-badge text-ink-3"
        >
          {name}
        </kbd>
      ))}
    </span>
  )
}
