import { kept } from './kept'

/** Whether this device writes in the formatted field. Asked for once, it stays. */
export const formatted = kept('composer.formatted', false)
