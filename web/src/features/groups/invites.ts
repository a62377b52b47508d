import type { Invite } from '@/api/types'
import { relativeTime } from '@/ui/relativeTime'
import { t } from '@/ui/text'

const TOKEN = /^[\w-]{10,100}$/

/** The token in what a person pasted: a whole link, the end of one, or the bare token. */
export function tokenIn(text: string): string | null {
  const last = text.trim().split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1) ?? ''
  return TOKEN.test(last) ? last : null
}

/** Whether a link still lets somebody in. */
export function isLiving(invite: Invite, now = Date.now()): boolean {
  if (invite.revoked) return false
  if (invite.expires_at && Date.parse(invite.expires_at) <= now) return false
  return invite.max_uses === null || invite.uses < invite.max_uses
}

/** "Used 2 of 10 times, ends in 5 days". */
export function inviteWords(invite: Invite, now = Date.now()): string {
  const uses =
    invite.max_uses === null
      ? t('groups.invite.uses', { count: invite.uses })
      : t('groups.invite.usesOf', { count: invite.uses, most: invite.max_uses })
  return `${uses}, ${endWords(invite.expires_at, now)}`
}

function endWords(end: string | null, now: number): string {
  if (!end) return t('groups.invite.endless')
  const hours = Math.max(1, Math.round((Date.parse(end) - now) / 3_600_000))
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: 'always' })
  const when =
    hours < 48 ? format.format(hours, 'hour') : format.format(Math.round(hours / 24), 'day')
  return t('groups.invite.ends', { when })
}

/** "made 2 hours ago". */
export function madeWords(invite: Invite): string {
  return t('groups.invite.made', { when: relativeTime(invite.created_at) })
}
