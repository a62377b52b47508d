import type { Group } from '@/api/types'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { t } from '@/ui/text'
import { usePlaceTitle } from './signs'
import { useWays } from './ways'

interface Props {
  group: Group
  /** Nothing else on the page names the group. */
  heading?: boolean
}

/** A group in which I follow nothing: here is where one looks around. */
export function NothingFollowed({ group, heading }: Props) {
  const go = useWays()
  usePlaceTitle(group.name)
  return (
    <>
      {heading && <h1 className="sr-only">{group.name}</h1>}
      <EmptyState
        drawing="bench"
        title={t('channels.none.follow')}
        text={t('channels.none.follow.text')}
        action={
          <Button look="primary" onClick={() => go.page(group.id, 'channels')}>
            {t('shell.group.browse')}
          </Button>
        }
      />
    </>
  )
}
