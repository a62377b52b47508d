import { i18n } from '@lingui/core'
import { Trans } from '@lingui/react'
import type { ReactElement } from 'react'
import type english from '@/locales/en'

/** Every text of the product has an id; an id that is not in the English catalogue does not compile. */
export type TextId = keyof typeof english

type Values = Record<string, string | number>

const catalogues = {
  en: () => import('@/locales/en'),
}

/** Loads the best catalogue for a language tag and makes it the active one. */
export async function loadLocale(tag: string): Promise<void> {
  const language = tag.toLowerCase().split('-')[0] ?? 'en'
  const locale = language in catalogues ? (language as keyof typeof catalogues) : 'en'
  const { default: messages } = await catalogues[locale]()
  i18n.loadAndActivate({ locale, messages })
}

/** The text with this id in the active language. */
export function t(id: TextId, values?: Values): string {
  return i18n._(id, values)
}

/** A text with elements in it: the catalogue marks them `<0>…</0>`, `parts` says what they are. */
export function Text(props: { id: TextId; values?: Values; parts: Record<string, ReactElement> }) {
  return <Trans id={props.id} values={props.values ?? {}} components={props.parts} />
}
