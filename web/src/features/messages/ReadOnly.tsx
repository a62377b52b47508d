import { t } from '@/ui/text'

/** Stands where the composer would be. */
export function ReadOnly({ archived }: { archived: boolean }) {
  return (
    <p className="grid min-h-[3.125rem] place-items-center rounded-composer bg-stone-3 px-4 py-2 text-center text-ink-3">
      {t(archived ? 'messages.readonly.archived' : 'messages.readonly')}
    </p>
  )
}
