import { create } from 'zustand'

/** How Courtyard looks on this device. */
export interface Appearance {
  theme: 'dark' | 'light' | 'system'
  density: 'cosy' | 'compact'
  textSize: 'small' | 'normal' | 'large' | 'largest'
  motion: 'system' | 'reduced'
}

const KEY = 'courtyard.appearance'
const defaults: Appearance = {
  theme: 'dark',
  density: 'cosy',
  textSize: 'normal',
  motion: 'system',
}

function kept(): Appearance {
  try {
    return { ...defaults, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') }
  } catch {
    return defaults
  }
}

/** Kept on the device, not on the server: a phone is not a desk. public/theme.js reads it too. */
export const useAppearance = create<Appearance>(kept)

/** Changes the look at once and remembers it. */
export function setAppearance(change: Partial<Appearance>): void {
  useAppearance.setState(change)
  localStorage.setItem(KEY, JSON.stringify(useAppearance.getState()))
}

/** Writes the look onto the page, and again whenever it or the system's theme changes. */
export function applyAppearance(): void {
  const system = matchMedia('(prefers-color-scheme: light)')
  const apply = () => paint(useAppearance.getState(), system.matches ? 'light' : 'dark')
  useAppearance.subscribe(apply)
  system.addEventListener('change', apply)
  // Another tab changed it.
  addEventListener('storage', (event) => event.key === KEY && useAppearance.setState(kept()))
  apply()
}

function paint(look: Appearance, system: 'dark' | 'light'): void {
  const root = document.documentElement
  root.dataset.theme = look.theme === 'system' ? system : look.theme
  root.dataset.density = look.density
  root.dataset.textSize = look.textSize
  root.dataset.motion = look.motion
  // The bar of the browser or the installed app takes the colour of the frame.
  const frame = getComputedStyle(root).getPropertyValue('--stone-0').trim()
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', frame)
}
