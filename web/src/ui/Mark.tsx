import { t } from './text'

/** The sign of Courtyard: an arch with a light in it. */
export function Mark({ size = 30 }: { size?: number }) {
  return (
    <svg
      viewBox="0 0 32 32"
      role="img"
      aria-label={t('ui.mark')}
      style={{ width: `${size / 16}rem`, height: `${size / 16}rem` }}
      className="shrink-0"
    >
      <path
        d="M4 29V15a12 12 0 0 1 24 0v14"
        fill="none"
        strokeWidth="2.2"
        strokeLinecap="round"
        className="stroke-ink-1"
      />
      <path d="M10.5 29V15.5a5.5 5.5 0 0 1 11 0V29z" className="fill-marigold" />
    </svg>
  )
}
