import { useRef } from 'react'
import type { Me } from '@/api/types'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { useAvatar } from '../api'
import { problemText } from '../problem'
import { squareImage } from './squareImage'

/** The person's picture: pick another, or go back to the letters. */
export function AvatarPicker({ me }: { me: Me }) {
  const input = useRef<HTMLInputElement>(null)
  const avatar = useAvatar()
  const failed = (error: Error) => toast({ text: problemText(error), tone: 'bad' })
  const pick = async (file: File | undefined) => {
    if (!file) return
    const square = await squareImage(file).catch(() => null)
    if (square) avatar.mutate(square, { onError: failed })
    else toast({ text: t('accounts.avatar.unreadable'), tone: 'bad' })
  }
  return (
    <div className="flex items-center gap-5">
      <Avatar person={me} size={96} />
      <div>
        <div className="flex flex-wrap gap-2">
          <Button busy={avatar.isPending} onClick={() => input.current?.click()}>
            {t(me.avatar ? 'accounts.avatar.change' : 'accounts.avatar.pick')}
          </Button>
          {me.avatar && (
            <Button look="ghost" onClick={() => avatar.mutate(null, { onError: failed })}>
              {t('accounts.avatar.remove')}
            </Button>
          )}
        </div>
        <p className="mt-2 text-ink-3 text-small">{t('accounts.avatar.hint')}</p>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={t('accounts.avatar.pick')}
        onChange={(event) => {
          void pick(event.target.files?.[0])
          // The same file may be picked again after a failure.
          event.target.value = ''
        }}
      />
    </div>
  )
}
