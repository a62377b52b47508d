import { Loading, Skeleton } from '@/ui/Skeleton'

const widths = [
  ['w-3/5'],
  ['w-4/5', 'w-2/5'],
  ['w-1/2'],
  ['w-11/12', 'w-3/4'],
  ['w-2/5'],
  ['w-3/4', 'w-1/3'],
]

/** Messages before they are there, in their final geometry. */
export function LoadingRows() {
  return (
    <div className="flex min-h-0 flex-1 flex-col justify-end overflow-hidden">
      <Loading>
        <div className="mx-auto max-w-[52rem] px-6 pb-4 phone:px-4">
          {widths.map((lines) => (
            <div key={lines.join()} className="flex gap-3.5 pt-[11px] pb-[3px]">
              <Skeleton className="size-9 shrink-0 rounded-full" />
              <div className="flex-1">
                <Skeleton className="my-1 h-3.5 w-32" />
                {lines.map((width) => (
                  <Skeleton key={width} className={`my-[5px] h-3.5 ${width}`} />
                ))}
              </div>
            </div>
          ))}
        </div>
      </Loading>
    </div>
  )
}
