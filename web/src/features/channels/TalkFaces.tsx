import type { User } from '@/api/types'
import { useDot } from '@/features/presence/live'
import { Avatar } from '@/ui/Avatar'

interface Props {
  others: readonly User[]
  /** Whether these are all of them; until then nobody's face stands in. */
  known: boolean
  me: User
  size: number
}

/** Whom one talks with: one face with presence, or two that overlap. */
export function TalkFaces({ others, known, me, size }: Props) {
  const [first, second] = others
  if (!known) return <Nobody size={size} />
  if (first && second) return <Pair front={second} back={first} size={size} />
  return <Single person={first ?? me} size={size} />
}

function Single({ person, size }: { person: User; size: number }) {
  const presence = useDot(person)
  return <Avatar person={person} size={size} presence={presence} />
}

function Nobody({ size }: { size: number }) {
  const side = `${size / 16}rem`
  return (
    <span
      aria-hidden
      className="block shrink-0 rounded-full bg-stone-4"
      style={{ width: side, height: side }}
    />
  )
}

function Pair({ front, back, size }: { front: User; back: User; size: number }) {
  const small = Math.round(size * 0.7)
  const side = `${size / 16}rem`
  return (
    <span aria-hidden className="relative block shrink-0" style={{ width: side, height: side }}>
      <span className="absolute top-0 left-0">
        <Avatar person={back} size={small} />
      </span>
      <span className="absolute right-0 bottom-0 rounded-full shadow-[0_0_0_2px_var(--ground)]">
        <Avatar person={front} size={small} />
      </span>
    </span>
  )
}
