import type { Editor } from '@tiptap/core'
import { Check, Unlink } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { IconButton } from '@/ui/IconButton'
import { Input } from '@/ui/Input'
import { t } from '@/ui/text'
import { safeUrl } from '../messages/markdown'

/** What was typed as the address it means: a bare host is one on the web. */
function meant(typed: string): URL | null {
  const address = typed.trim()
  if (address === '' || /\s/.test(address)) return null
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(address)
  return safeUrl(
    whole ? address : address.includes('@') ? `mailto:${address}` : `https://${address}`,
  )
}

/** What the form knows, and what it does to the words. */
function useLink(editor: Editor, onDone: () => void) {
  const before = String(editor.getAttributes('link').href ?? '')
  const [typed, setTyped] = useState(before)
  const [bad, setBad] = useState(false)
  const set = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const url = meant(typed)
    if (!url) return setBad(true)
    const link = { type: 'link', attrs: { href: url.href } }
    const chain = editor.chain().focus().extendMarkRange('link')
    if (editor.state.selection.empty && !before) {
      chain.insertContent({ type: 'text', text: typed.trim(), marks: [link] }).run()
    } else chain.setMark('link', link.attrs).run()
    onDone()
  }
  const remove = () => {
    editor.chain().focus().extendMarkRange('link').unsetMark('link').run()
    onDone()
  }
  const change = (next: string) => {
    setTyped(next)
    setBad(false)
  }
  return { before, typed, bad, set, remove, change }
}

/** Where the chosen words lead. Without words the address itself is put there. */
export function LinkForm({ editor, onDone }: { editor: Editor; onDone(): void }) {
  const { before, typed, bad, set, remove, change } = useLink(editor, onDone)
  return (
    <form
      onSubmit={set}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        editor.commands.focus()
        onDone()
      }}
      className="flex items-center gap-0.5"
    >
      <Input
        autoFocus
        inputMode="url"
        aria-label={t('messages.format.address')}
        placeholder="https://"
        value={typed}
        aria-invalid={bad}
        onChange={(event) => change(event.target.value)}
        className="h-[1.875rem] w-64 phone:w-48"
      />
      {bad && (
        <span role="alert" className="sr-only">
          {t('messages.format.address.bad')}
        </span>
      )}
      <IconButton type="submit" icon={Check} label={t('messages.format.address.set')} small />
      {before && (
        <IconButton
          icon={Unlink}
          label={t('messages.format.address.remove')}
          small
          onClick={remove}
        />
      )}
    </form>
  )
}
