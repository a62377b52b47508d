import { Mark } from '@/ui/Mark'
import { Loading } from '@/ui/Skeleton'

/** While it is not yet known who is here; invisible when that is quick. */
export function Splash() {
  return (
    <div className="grid h-full place-items-center">
      <Loading>
        <div className="skeleton">
          <Mark size={40} />
        </div>
      </Loading>
    </div>
  )
}
