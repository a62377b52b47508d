import { Dialog } from '@/ui/Dialog'
import { Kbd } from '@/ui/Kbd'
import { type TextId, t } from '@/ui/text'
import { type Command, type CommandSection, useCommands } from './commands'
import { setLayer } from './layers'

const sections: { id: CommandSection; title: TextId }[] = [
  { id: 'go', title: 'shell.keys.go' },
  { id: 'place', title: 'shell.keys.place' },
  { id: 'group', title: 'shell.keys.group' },
  { id: 'house', title: 'shell.keys.house' },
]

// The conversation listens for these itself, at the message or the field they are about.
const talk: { keys: string; text: TextId }[] = [
  { keys: 'enter', text: 'messages.send' },
  { keys: 'shift+enter', text: 'shell.keys.line' },
  { keys: 'up', text: 'shell.keys.editLast' },
  { keys: 'e', text: 'messages.action.edit' },
  { keys: 'r', text: 'messages.action.react' },
  { keys: 't', text: 'messages.action.thread' },
  { keys: 'q', text: 'messages.action.quote' },
  { keys: 'f', text: 'messages.action.forward' },
  { keys: 's', text: 'messages.action.save' },
  { keys: 'p', text: 'messages.action.pin' },
  { keys: 'h', text: 'messages.action.history' },
  { keys: 'c', text: 'messages.action.copyText' },
  { keys: 'l', text: 'messages.action.copyLink' },
  { keys: 'u', text: 'messages.action.markUnread' },
]

/** Every shortcut there is from here. */
export function ShortcutList() {
  const commands = useCommands()
  const close = () => setLayer({ shortcuts: false })
  return (
    <Dialog open onOpenChange={close} title={t('shell.shortcuts')} width="wide" reading>
      <div className="columns-2 gap-10 phone:columns-1">
        {sections.map(({ id, title }) => {
          const own = commands.filter(({ section, keys }) => section === id && keys)
          return own.length > 0 && <Section key={id} title={t(title)} rows={own.map(row)} />
        })}
        <Section
          title={t('shell.keys.talk')}
          rows={talk.map(({ keys, text }) => ({ keys, text: t(text) }))}
        />
      </div>
    </Dialog>
  )
}

function row({ keys = '', text }: Command) {
  return { keys, text }
}

function Section({ title, rows }: { title: string; rows: { keys: string; text: string }[] }) {
  return (
    <section className="mb-6 break-inside-avoid">
      <h3 className="serif text-section">{title}</h3>
      <dl className="mt-1.5">
        {rows.map(({ keys, text }) => (
          <div key={keys} className="flex min-h-8 items-center gap-3">
            <dt className="min-w-0 flex-1 text-ink-2">{text}</dt>
            <dd className="[&_kbd]:bg-stone-4">
              <Kbd keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
