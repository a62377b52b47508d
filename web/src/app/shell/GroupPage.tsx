import { useParams } from '@tanstack/react-router'
import { ArrowLeft, PanelLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { useEntity } from '@/api/entities'
import { BrowsePage } from '@/features/channels/BrowsePage'
import { GroupSettingsPage } from '@/features/groups/GroupSettingsPage'
import { MembersPage } from '@/features/groups/MembersPage'
import { may } from '@/features/groups/rights'
import { RolesPage } from '@/features/groups/roles/RolesPage'
import { IconButton } from '@/ui/IconButton'
import { t } from '@/ui/text'
import { useCommand } from './commands'
import { Gone } from './Gone'
import { listHidden } from './layers'
import { MainSheet } from './MainSheet'
import { usePlaceTitle } from './signs'
import { useWays } from './ways'

interface Props {
  title: string
  children: (groupId: string) => ReactNode
}

/** A page about a group, on the sheet beside its list. */
function GroupPage({ title, children }: Props) {
  const { groupId = '' } = useParams({ strict: false })
  const group = useEntity('group', groupId)
  const go = useWays()
  const list = useCommand('list')
  const hidden = listHidden.use()
  usePlaceTitle(title)
  if (!group) {
    return (
      <MainSheet>
        <Gone />
      </MainSheet>
    )
  }
  return (
    <MainSheet>
      <header className="flex h-[3.75rem] shrink-0 items-center gap-2 px-6 phone:h-[3.25rem] phone:px-1">
        <IconButton
          icon={ArrowLeft}
          label={t('channels.back')}
          onClick={() => go.group(groupId)}
          className="size-11 tablet:hidden"
        />
        {hidden && (
          <IconButton
            icon={PanelLeft}
            label={t('channels.list.show')}
            {...(list?.keys ? { keys: list.keys } : {})}
            onClick={() => listHidden.set(false)}
            className="-ml-3 phone:hidden"
          />
        )}
        <h1 className="serif pt-0.5 text-group">{title}</h1>
        <p dir="auto" className="min-w-0 truncate pt-1 pl-1.5 text-ink-3 text-small">
          {group.name}
        </p>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">{children(groupId)}</div>
    </MainSheet>
  )
}

/** Browse. */
export function Channels() {
  return <GroupPage title={t('channels.browse')}>{(id) => <BrowsePage groupId={id} />}</GroupPage>
}

/** Who belongs to the group. */
export function Members() {
  return <GroupPage title={t('groups.members')}>{(id) => <MembersPage groupId={id} />}</GroupPage>
}

/** What its roles allow. */
export function Roles() {
  return <GroupPage title={t('groups.roles')}>{(id) => <RolesPage groupId={id} />}</GroupPage>
}

/** What the group is. */
export function GroupSettings() {
  const { groupId } = useParams({ strict: false })
  const managing = may(useEntity('group', groupId), 'manage_group')
  const title = t(managing ? 'shell.group.settings' : 'shell.group.about')
  return <GroupPage title={title}>{(id) => <GroupSettingsPage groupId={id} />}</GroupPage>
}
