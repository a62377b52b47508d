import { type ComponentProps, lazy, Suspense } from 'react'

const Notes = lazy(() => import('./CallNotes').then((part) => ({ default: part.CallNotes })))

/** What one should know of those one calls; loaded when somebody is called. */
export function CallNotes(props: ComponentProps<typeof Notes>) {
  if (!props.markdown.includes('@')) return null
  return (
    <Suspense>
      <Notes {...props} />
    </Suspense>
  )
}
