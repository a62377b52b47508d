import { type ComponentType, lazy, Suspense } from 'react'
import { CopyButton } from '@/ui/CopyButton'
import { cx } from '@/ui/cx'
import { visible } from '@/ui/names'
import { t } from '@/ui/text'
import { LANGUAGES, tongueOf } from './languages'

/** Longer code stays in one colour: finding its words would take longer than a frame or two. */
const COLOURED = 20_000

// Without its colours code is still code, so a part that does not come breaks no message.
const Coloured = lazy<ComponentType<{ code: string; tongue: string }>>(() =>
  import('./ColouredCode').then(
    (part) => ({ default: part.ColouredCode }),
    () => ({ default: ({ code }) => code }),
  ),
)

/** Code in the well: file name at the left, language and copy at the right. */
export function CodeBlock({ code, info }: { code: string; info: string }) {
  const [said = '', ...rest] = info.trim().split(/\s+/)
  const file = rest.join(' ')
  const named = info.trim() !== ''
  const tongue = tongueOf(said) || tongueOf(file.split('.').at(-1) ?? '')
  const language = LANGUAGES[tongue] ?? said.slice(0, 20)
  const text = visible(code.replace(/\n$/, ''))
  return (
    <div
      dir="ltr"
      className="relative mt-1.5 mb-1 max-w-[40rem] rounded-card bg-stone-1 light:bg-stone-3"
    >
      <div
        className={cx(
          'flex items-center gap-0.5 font-medium text-ink-3 text-tiny',
          // Without words there is no head: the button lies over the code.
          named
            ? 'h-8 pt-1 pr-1 pl-3.5'
            : 'absolute top-[5px] right-0 rounded-card bg-stone-1 px-1 light:bg-stone-3 pointer-coarse:top-0 pointer-coarse:px-0',
        )}
      >
        {named && <span className="min-w-0 flex-1 truncate">{file}</span>}
        {named && <span>{language}</span>}
        <CopyButton text={code} label={t('messages.code.copy')} small />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reachable by keyboard
        tabIndex={0}
        className={cx(
          'overflow-x-auto rounded-b-card px-3.5 pb-[11px] font-code text-code text-ink-2',
          named ? 'pt-0.5' : 'rounded-t-card pt-2.5 pointer-coarse:min-h-11',
        )}
      >
        <code className="font-code">
          {tongue && text.length <= COLOURED ? (
            <Suspense fallback={text}>
              <Coloured code={text} tongue={tongue} />
            </Suspense>
          ) : (
            text
          )}
        </code>
      </pre>
    </div>
  )
}
