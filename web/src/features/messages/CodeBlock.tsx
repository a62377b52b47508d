import { CopyButton } from '@/ui/CopyButton'
import { cx } from '@/ui/cx'
import { visible } from '@/ui/names'
import { t } from '@/ui/text'
import { languages } from './languages'

/** Code in the well: file name at the left, language and copy at the right. */
export function CodeBlock({ code, info }: { code: string; info: string }) {
  const [tongue = '', ...rest] = info.trim().split(/\s+/)
  const file = rest.join(' ')
  const named = info.trim() !== ''
  const language = languages[tongue.toLowerCase()] ?? tongue.slice(0, 20)
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
        <code className="font-code">{visible(code.replace(/\n$/, ''))}</code>
      </pre>
    </div>
  )
}
