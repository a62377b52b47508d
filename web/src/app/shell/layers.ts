import { create } from 'zustand'
import { kept } from '@/ui/kept'

/** What the shell itself lays over or beside the page. */
interface Layers {
  palette: boolean
  shortcuts: boolean
  /** How I am, to be said. */
  status: boolean
  /** The panel with people and details. */
  panel: boolean
}

/** The open layers of the shell. */
export const useLayers = create<Layers>(() => ({
  palette: false,
  shortcuts: false,
  status: false,
  panel: false,
}))

/** Opens or closes one of them. */
export function setLayer(change: Partial<Layers>): void {
  useLayers.setState(change)
}

/** What was typed for the palette while its code was on its way, and whether Enter followed. */
export const early = { typed: '', chosen: false }

/** The list beside the sheet, put away on this device. */
export const listHidden = kept('list.hidden', false)
