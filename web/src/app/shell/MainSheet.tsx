import type { ComponentProps } from 'react'

/** The lit sheet one works on. */
export function MainSheet(props: ComponentProps<'main'>) {
  return (
    <main
      {...props}
      className="sheet-surface relative flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden phone:h-full phone:pt-[env(safe-area-inset-top)] tablet:my-2 tablet:mr-2 tablet:rounded-sheet"
    />
  )
}
