import { useNavigate } from '@tanstack/react-router'
import { Bookmark } from 'lucide-react'
import { SavedPage } from '@/features/messages/SavedPage'
import { t } from '@/ui/text'
import { MainSheet } from './MainSheet'
import { usePlaceTitle } from './signs'

/** What I saved for later, on a sheet of its own. */
export function SavedPlace() {
  const navigate = useNavigate()
  usePlaceTitle(t('messages.saved'))
  return (
    <div className="flex h-full">
      <MainSheet>
        <header className="flex h-[3.75rem] shrink-0 items-center gap-2.5 px-6 phone:h-[3.25rem] phone:px-4">
          <Bookmark size={18} aria-hidden className="text-ink-3" />
          <h1 className="serif pt-0.5 text-group">{t('messages.saved')}</h1>
        </header>
        <SavedPage
          onOpen={({ channel_id: channelId, id, root_id, also }) => {
            const search = root_id && !also ? { thread: root_id, m: id } : { m: id }
            void navigate({ to: '/c/$channelId', params: { channelId }, search })
          }}
        />
      </MainSheet>
    </div>
  )
}
