import { Outlet } from '@tanstack/react-router'
import { usePlaces } from '@/api/places'
import { useMedia, widths } from '@/ui/useMedia'
import { useHere } from './here'
import { listHidden } from './layers'
import { MainSheet } from './MainSheet'
import { NoPlaces } from './NoPlaces'
import { PlaceSkeleton } from './PlaceSkeleton'
import { Sidebar } from './Sidebar'
import { TalkList } from './Talks'
import { listWidth } from './width'

/** List and sheet side by side; on a phone one of the two. */
export function PlaceLayout() {
  const { state } = usePlaces()
  if (state === 'failed') {
    return (
      <div className="flex h-full">
        <MainSheet>
          <NoPlaces />
        </MainSheet>
      </div>
    )
  }
  if (state === 'loading') return <PlaceSkeleton />
  return <Columns />
}

function Columns() {
  const { group, channelId, talks } = useHere()
  const phone = useMedia(widths.phone)
  const hidden = listHidden.use()
  const width = listWidth.use()
  if (phone) return <Outlet />
  return (
    <div className="flex h-full">
      {(group || talks) && !hidden && (
        <div className="shrink-0" style={{ width: `${width / 16}rem` }}>
          {group ? <Sidebar group={group} openId={channelId} /> : <TalkList />}
        </div>
      )}
      <Outlet />
    </div>
  )
}
