import type { ReactNode } from 'react'
import { Mark } from '@/ui/Mark'
import { t } from '@/ui/text'
import { ArchScene } from './ArchScene'

interface Props {
  title: string
  lead: ReactNode
  children: ReactNode
}

/** The door: the drawing on one side, one thing to do on the other. */
export function EntryFrame({ title, lead, children }: Props) {
  return (
    <div className="h-full overflow-y-auto bg-scene-ground light:[--raised:var(--stone-2)] tablet:grid tablet:grid-cols-2">
      <div className="relative h-44 overflow-hidden tablet:sticky tablet:top-0 tablet:h-full">
        <ArchScene band className="mask-b-from-75% absolute inset-0 size-full tablet:hidden" />
        <ArchScene className="absolute inset-0 size-full phone:hidden" />
      </div>
      <main className="mx-auto flex max-w-[26rem] flex-col justify-center px-4 pt-6 pb-10 tablet:min-h-full tablet:w-full tablet:max-w-[25rem] tablet:px-2.5 tablet:py-10 desktop:relative desktop:-left-10">
        <div className="mb-8 flex items-center gap-3 tablet:mb-11">
          <Mark />
          <span className="serif text-group">{t('ui.mark')}</span>
        </div>
        <h1 dir="auto" className="serif text-balance break-words text-page tablet:text-display">
          {title}
        </h1>
        <p dir="auto" className="mt-2 mb-8 text-pretty text-lead text-ink-2">
          {lead}
        </p>
        {children}
        <p className="mt-12 text-ink-3 text-tiny">{t('accounts.house', { host: location.host })}</p>
      </main>
    </div>
  )
}
