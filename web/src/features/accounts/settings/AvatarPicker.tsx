import { useRef, useState } from 'react'
import type { Me } from '@/api/types'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { cx } from '@/ui/cx'
import { t } from '@/ui/text'
import { useAvatar } from '../api'
import { problemText } from '../problem'
import { squareImage } from './squareImage'

/** The person's picture: pick another, or go back to the letters. */
export function AvatarPicker({ me }: { me: Me }) {
  const input = useRef<HTMLInputElement>(null)
  const avatar = useAvatar()
  const [wrong, setWrong] = useState<string | null>(null)
  const failed = (error: Error) => setWrong(problemText(error))
  const pick = async (file: File | undefined) => {
    if (!file) return
    setWrong(null)
    const square = await squareImage(file).catch(() => null)
    if (square) avatar.mutate(square, { onError: failed })
    else setWrong(t('accounts.avatar.unreadable'))
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
        <p role="status" className={cx('mt-2 text-small', wrong ? 'text-rose' : 'text-ink-3')}>
          {wrong ?? t('accounts.avatar.hint')}
        </p>
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
