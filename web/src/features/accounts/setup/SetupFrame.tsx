import type { ReactNode } from 'react'
import { cx } from '@/ui/cx'
import { Mark } from '@/ui/Mark'
import { t } from '@/ui/text'
import { ArchScene } from '../ArchScene'
import { Checks } from './Checks'

const COUNT = 4

/** The wizard's house: the sheet with the step, and beside it the machine's own findings. */
export function SetupFrame({ step, children }: { step: number; children: ReactNode }) {
  return (
    <div className="h-full overflow-y-auto bg-stone-0 tablet:space-y-2 tablet:p-2 laptop:grid laptop:gap-2 laptop:space-y-0 laptop:grid-cols-[minmax(0,1fr)_minmax(20rem,31.5rem)] laptop:overflow-hidden">
      <main className="sheet-surface px-4 phone:pt-6 tablet:rounded-sheet tablet:px-8 laptop:overflow-y-auto">
        <div className="mx-auto max-w-[35rem] pb-10 tablet:pt-[min(5.25rem,9.5vh)]">
          <div className="flex items-center gap-3">
            <Mark />
            <span className="serif text-group">{t('ui.mark')}</span>
            <span className="flex-1" />
            <span className="text-ink-3 text-small tabular-nums">
              {t('accounts.setup.step', { step, count: COUNT })}
            </span>
          </div>
          <StepBars step={step} />
          {children}
        </div>
      </main>
      <aside
        aria-label={t('accounts.checks.label')}
        className="relative overflow-hidden bg-scene-ground phone:min-h-[26rem] tablet:min-h-[30rem] tablet:rounded-sheet laptop:min-h-0"
      >
        <ArchScene className="absolute inset-0 size-full" />
        <div className="relative p-6 phone:px-4">
          <Checks />
        </div>
      </aside>
    </div>
  )
}

function StepBars({ step }: { step: number }) {
  return (
    <div aria-hidden className="mt-[1.875rem] mb-[2.125rem] flex gap-1.5 phone:my-6">
      {Array.from({ length: COUNT }, (_, index) => index + 1).map((bar) => (
        <i
          key={bar}
          className={cx(
            'h-1 flex-1 rounded-full transition-colors',
            bar < step ? 'bg-ink-3' : bar === step ? 'bg-marigold' : 'bg-stone-4',
          )}
        />
      ))}
    </div>
  )
}
