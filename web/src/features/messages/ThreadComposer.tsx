import { type RefObject, useState } from 'react'
import type { Channel } from '@/api/types'
import { Checkbox } from '@/ui/Checkbox'
import { plainName } from '@/ui/names'
import { t } from '@/ui/text'
import { Composer } from './Composer'
import type { Talk } from './context'
import type { Writing } from './field'
import { QuoteLine } from './Quote'
import { ReadOnly } from './ReadOnly'
import { lastOwn } from './useRoom'

interface Props {
  channel: Channel
  rootId: string
  field: RefObject<Writing | null>
  talk: Talk
  quoting: string | null
}

/** Where one answers, in the thread alone or in the place too. */
export function ThreadComposer({ channel, rootId, field, talk, quoting }: Props) {
  const [also, setAlso] = useState(false)
  if (!talk.writes) {
    return (
      <div className="px-3.5 pb-3.5">
        <ReadOnly channel={channel} />
      </div>
    )
  }
  return (
    <div className="px-3.5 pt-1 pb-3.5 phone:px-3 phone:pb-3">
      <Composer
        channelId={channel.id}
        name={channel.name}
        field={field}
        thread={rootId}
        more={{ root_id: rootId, also, ...(quoting ? { reply_to: quoting } : {}) }}
        above={quoting && <QuoteLine id={quoting} onCancel={() => talk.quote(null)} />}
        onSent={() => {
          setAlso(false)
          if (quoting) talk.quote(null)
        }}
        onEditLast={() => talk.edit(lastOwn(talk.line, talk.me))}
        foot={
          <div className="pt-0.5 pb-1 pl-0.5">
            <Checkbox
              label={t('messages.thread.alsoTo', { name: plainName(channel.name) })}
              checked={also}
              onChange={setAlso}
            />
          </div>
        }
      />
    </div>
  )
}
