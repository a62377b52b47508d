import { useEffect, useRef, useState } from 'react'
import { entities } from '@/api/entities'
import { isBlocked } from '@/features/accounts/blocks'
import { plainName } from '@/ui/names'
import { t } from '@/ui/text'
import { useTalk } from './context'
import type { Row } from './rows'

const LONGEST = 200

/** Reads new messages of others out to those who listen instead of look. */
export function Announce({ rows, on }: { rows: readonly Row[]; on: boolean }) {
  const { me } = useTalk()
  const last = rows.at(-1)?.id ?? null
  const known = useRef(last)
  const [words, setWords] = useState('')
  useEffect(() => {
    if (last === known.current) return
    known.current = last
    const message = last === null ? undefined : entities.get('message', last)
    if (!on || !message || message.author_id === me || message.deleted) return
    if (isBlocked(message.author_id)) return
    const author = entities.get('user', message.author_id)
    const name = author ? plainName(author.name) : t('messages.someone')
    setWords(t('messages.announce', { name, text: String(message.text).slice(0, LONGEST) }))
  }, [last, on, me])
  return (
    <p aria-live="polite" className="sr-only">
      {words}
    </p>
  )
}
