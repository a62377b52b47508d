import type { MarkName } from './model'

/** Stands where the caret is, in a text on its way from one field to the other. */
export const CARET = '\ue000'

/** What comes along from the plain field. */
export interface Taken {
  /** Where its caret stood, if it had the focus. */
  selection: readonly [number, number] | null
  /** What the chosen words were to become. */
  mark: MarkName | 'address' | null
}
