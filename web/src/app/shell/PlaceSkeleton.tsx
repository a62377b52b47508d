import { Loading, Skeleton } from '@/ui/Skeleton'
import { MainSheet } from './MainSheet'
import { listWidth } from './width'

const rows = [58, 72, 50, 64, 44]

/** List and sheet in their final measures, before anything is known. */
export function PlaceSkeleton() {
  const width = listWidth.use()
  return (
    <div className="flex h-full">
      <div className="shrink-0 px-3.5 pt-6 phone:flex-1" style={{ width: `${width / 16}rem` }}>
        <Loading>
          <Skeleton className="h-5 w-36" />
          <div className="mt-12 grid gap-[1.125rem]">
            {rows.map((percent) => (
              <div key={percent} style={{ width: `${percent}%` }}>
                <Skeleton className="h-4" />
              </div>
            ))}
          </div>
        </Loading>
      </div>
      <MainSheet>
        <div className="flex h-[3.75rem] items-center px-6 phone:hidden">
          <Skeleton className="h-5 w-40" />
        </div>
      </MainSheet>
    </div>
  )
}
