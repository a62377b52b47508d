import { Command } from 'cmdk'
import { Check, Search, X } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { usePerson } from '@/api/people'
import { useSession } from '@/api/session'
import type { User } from '@/api/types'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { fieldSurface } from '@/ui/Input'
import { t } from '@/ui/text'
import { useAcquaintances } from './acquaintances'
import { MOST_OTHERS, openConversation } from './conversations'
import { closeChannelDialog } from './dialogs'

/** With whom to talk: up to nine, by typing and Enter. */
export function NewTalkDialog({ onOpen }: { onOpen: (channelId: string) => void }) {
  const [chosen, setChosen] = useState<User[]>([])
  const [busy, setBusy] = useState(false)
  const begin = async () => {
    if (chosen.length === 0 || busy) return
    setBusy(true)
    const channel = await openConversation(chosen.map(({ id }) => id))
    setBusy(false)
    if (!channel) return
    closeChannelDialog()
    onOpen(channel.id)
  }
  const button = (
    <Button look="primary" busy={busy} disabled={chosen.length === 0} onClick={() => void begin()}>
      {t('channels.talk.begin')}
    </Button>
  )
  return (
    <Dialog
      open
      width="narrow"
      onOpenChange={closeChannelDialog}
      title={t('channels.talk.new')}
      description={t('channels.talk.new.text')}
      actions={button}
    >
      <Picker chosen={chosen} onChange={setChosen} onBegin={() => void begin()} />
    </Dialog>
  )
}

const SELECTED = '[cmdk-item][data-selected=true]'

interface PickerProps {
  chosen: User[]
  onChange: (chosen: User[]) => void
  onBegin: () => void
}

/** Typing finds, Enter chooses, Backspace takes the last one out, Ctrl+Enter begins. */
function Picker({ chosen, onChange, onBegin }: PickerProps) {
  const [typed, setTyped] = useState('')
  const { found, pending } = useFound(typed, chosen)
  const list = useRef<HTMLDivElement>(null)
  // Enter before anybody was found is meant for the first who is.
  const [early, setEarly] = useState(false)
  const full = chosen.length >= MOST_OTHERS
  const without = (id: string) => onChange(chosen.filter((one) => one.id !== id))
  const toggle = (user: User) => {
    setTyped('')
    if (chosen.some(({ id }) => id === user.id)) without(user.id)
    else if (!full) onChange([...chosen, user])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      onBegin()
    } else if (event.key === 'Enter' && typed && !list.current?.querySelector(SELECTED)) {
      setEarly(true)
    } else if (event.key === 'Backspace' && typed === '') onChange(chosen.slice(0, -1))
  }
  const first = found[0]
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when somebody is found
  useEffect(() => {
    if (!early || (pending && !first)) return
    setEarly(false)
    if (first) toggle(first)
  }, [early, pending, first])
  return (
    <Command shouldFilter={false} loop label={t('channels.talk.search')} onKeyDown={onKeyDown}>
      <div
        className={`${fieldSurface} flex min-h-10 flex-wrap items-center gap-1.5 py-1.5 pointer-coarse:min-h-11`}
      >
        {chosen.length === 0 && <Search size={18} aria-hidden className="text-ink-3" />}
        {chosen.map((user) => (
          <Chip key={user.id} user={user} onRemove={() => without(user.id)} />
        ))}
        <Command.Input
          dir="auto"
          value={typed}
          onValueChange={(next) => {
            setTyped(next)
            setEarly(false)
          }}
          placeholder={chosen.length === 0 ? t('channels.talk.search') : undefined}
          className="min-w-24 flex-1 bg-transparent outline-none"
        />
      </div>
      <Found {...{ list, found, pending, chosen }} onToggle={toggle} />
      <p role="status" className="min-h-5 text-ink-3 text-small">
        {full && t('channels.talk.full')}
      </p>
    </Command>
  )
}

function Chip({ user, onRemove }: { user: User; onRemove: () => void }) {
  return (
    <button
      type="button"
      aria-label={t('channels.talk.without', { name: user.name })}
      onClick={onRemove}
      className="flex h-7 max-w-full items-center gap-1.5 rounded-full bg-stone-4 pr-2 pl-1 text-small pointer-coarse:h-9"
    >
      <Avatar person={user} size={20} />
      <span className="truncate">{user.name}</span>
      <X size={14} aria-hidden className="text-ink-3" />
    </button>
  )
}

/** Whom what is typed may mean. */
function useFound(typed: string, chosen: readonly User[]): { found: User[]; pending: boolean } {
  const { people, pending } = useAcquaintances()
  const { me } = useSession()
  const self = usePerson(me?.id ?? '')
  const needle = typed.trim().toLocaleLowerCase()
  const all = self && chosen.length === 0 ? [...people, self] : people
  const found = all.filter(({ name }) => name.toLocaleLowerCase().includes(needle)).slice(0, 100)
  return { found, pending }
}

interface FoundProps {
  list: RefObject<HTMLDivElement | null>
  found: readonly User[]
  pending: boolean
  chosen: readonly User[]
  onToggle: (user: User) => void
}

function Found({ list, found, pending, chosen, onToggle }: FoundProps) {
  const { me } = useSession()
  const ids = new Set(chosen.map(({ id }) => id))
  return (
    <Command.List
      ref={list}
      aria-label={t('channels.talk.people')}
      className="mt-3 h-64 overflow-y-auto overscroll-contain"
    >
      {found.map((user) => (
        <Command.Item
          key={user.id}
          value={user.id}
          onSelect={() => onToggle(user)}
          className="flex min-h-11 cursor-default select-none items-center gap-3 rounded-row px-2 data-[selected=true]:bg-stone-4"
        >
          <Avatar person={user} size={28} />
          <span dir="auto" className="min-w-0 flex-1 truncate">
            {user.id === me?.id ? t('channels.talk.self') : user.name}
            {user.title && user.id !== me?.id && (
              <span className="ml-2 text-ink-3 text-small">{user.title}</span>
            )}
          </span>
          {ids.has(user.id) && <Check size={18} aria-label={t('channels.talk.chosen')} />}
        </Command.Item>
      ))}
      {found.length === 0 && !pending && (
        <p className="px-2 pt-2 text-ink-3">{t('channels.talk.nobody')}</p>
      )}
    </Command.List>
  )
}
