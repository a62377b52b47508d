import { Command as Cmdk } from 'cmdk'
import { Search, X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useEffect, useMemo, useState } from 'react'
import { IconButton } from '@/ui/IconButton'
import { Kbd } from '@/ui/Kbd'
import { Marked } from '@/ui/Marked'
import { rank } from '@/ui/ranking'
import { t } from '@/ui/text'
import { matches } from './keys'
import { early, setLayer } from './layers'
import { type Offer, useOffers } from './offers'

const MOST = { go: 7, do: 24 }
const close = () => setLayer({ palette: false })

function takeEarly(): string {
  const { typed } = early
  early.typed = ''
  return typed
}

/** Anywhere, and anything, from one field. */
export function Palette() {
  return (
    <Radix.Root open onOpenChange={close}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 animate-appear bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          onKeyDown={(event) => {
            if (!matches('mod+k', event, true)) return
            event.preventDefault()
            close()
          }}
          className="fixed z-30 flex flex-col overflow-hidden float-surface outline-none phone:inset-x-0 phone:top-0 phone:max-h-[85dvh] phone:rounded-b-sheet phone:pt-[env(safe-area-inset-top)] tablet:inset-x-0 tablet:top-[min(8.25rem,15dvh)] tablet:mx-auto tablet:max-h-[70dvh] tablet:w-[40rem] tablet:max-w-[calc(100vw-2rem)] tablet:animate-rise tablet:rounded-sheet"
        >
          <Radix.Title className="sr-only">{t('shell.palette')}</Radix.Title>
          <Answers />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Answers() {
  const [typed, setTyped] = useState(takeEarly)
  const { go, todo } = useOffers()
  const found = useMemo(
    () => ({
      go: rank(go, typed).slice(0, MOST.go),
      todo: rank(todo, typed).slice(0, MOST.do),
    }),
    [go, todo, typed],
  )
  const choose = (offer: Offer) => {
    close()
    // After the palette is gone, so that what opens now finds the focus free.
    setTimeout(offer.run)
  }
  useEarlyChoice(found.go[0]?.item ?? found.todo[0]?.item, choose)
  const count = found.go.length + found.todo.length
  return (
    <Cmdk shouldFilter={false} loop label={t('shell.palette')} className="flex min-h-0 flex-col">
      <div className="flex h-16 shrink-0 items-center gap-3.5 px-5">
        <Search size={22} aria-hidden className="text-ink-3" />
        <Cmdk.Input
          autoFocus
          dir="auto"
          value={typed}
          onValueChange={setTyped}
          placeholder={t('shell.palette.hint')}
          className="min-w-0 flex-1 bg-transparent text-group outline-none"
        />
        <span aria-hidden className="phone:hidden">
          <Kbd keys="escape" />
        </span>
        {/* A phone has no Esc, and with its keyboard up hardly anything beside to tap on. */}
        <Radix.Close asChild>
          <IconButton icon={X} label={t('ui.close')} className="-mr-3 tablet:hidden" />
        </Radix.Close>
      </div>
      <Cmdk.List className="min-h-0 overflow-y-auto overscroll-contain px-2 pb-2">
        <Group heading={t('shell.palette.go')} found={found.go} onChoose={choose} />
        <Group heading={t('shell.palette.do')} found={found.todo} onChoose={choose} />
      </Cmdk.List>
      {count === 0 && (
        <p className="px-5 pb-6 text-ink-3">{t('shell.palette.none', { text: typed })}</p>
      )}
      <span role="status" className="sr-only">
        {typed && t('shell.palette.count', { count })}
      </span>
    </Cmdk>
  )
}

/** Enter came before the palette did: what stands first is meant. */
function useEarlyChoice(first: Offer | undefined, choose: (offer: Offer) => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with what was there at the start
  useEffect(() => {
    if (early.chosen && first) choose(first)
    early.chosen = false
  }, [])
}

interface GroupProps {
  heading: string
  found: { item: Offer; match: { hits: readonly number[] } }[]
  onChoose: (offer: Offer) => void
}

function Group({ heading, found, onChoose }: GroupProps) {
  if (found.length === 0) return null
  return (
    <Cmdk.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1.5 [&_[cmdk-group-heading]]:font-strong [&_[cmdk-group-heading]]:text-ink-3 [&_[cmdk-group-heading]]:text-tiny first:[&_[cmdk-group-heading]]:pt-1"
    >
      {found.map(({ item, match }) => (
        <Row key={item.key} offer={item} hits={match.hits} onSelect={() => onChoose(item)} />
      ))}
    </Cmdk.Group>
  )
}

function Row(props: { offer: Offer; hits: readonly number[]; onSelect: () => void }) {
  const { offer } = props
  return (
    <Cmdk.Item
      value={offer.key}
      onSelect={props.onSelect}
      className="group/row flex min-h-10 cursor-default select-none items-center gap-3 rounded-row px-3 py-1.5 data-[selected=true]:bg-stone-4 pointer-coarse:min-h-11"
    >
      <span className="grid w-[1.125rem] shrink-0 place-items-center text-ink-3">{offer.icon}</span>
      <span dir="auto" className="min-w-0 truncate text-ink-1">
        <Marked text={offer.text} hits={props.hits} />
      </span>
      <span dir="auto" className="min-w-0 flex-1 truncate text-ink-3 text-small">
        {offer.note}
      </span>
      {offer.sign}
      {offer.keys ? (
        <span aria-hidden className="phone:hidden">
          <Kbd keys={offer.keys} />
        </span>
      ) : (
        <span aria-hidden className="hidden group-data-[selected=true]/row:inline phone:hidden!">
          <Kbd keys="enter" />
        </span>
      )}
    </Cmdk.Item>
  )
}
