// Runs before the first paint, so that the page never flashes in the wrong light. Kept in step with
// src/ui/appearance.ts, which writes what is read here.
;(() => {
  const root = document.documentElement
  let kept = {}
  try {
    kept = JSON.parse(localStorage.getItem('courtyard.appearance') || '{}')
  } catch {
    // Unreadable or forbidden storage: the defaults below are fine.
  }
  const system = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'
  root.dataset.theme = kept.theme === 'system' ? system : kept.theme || 'dark'
  root.dataset.density = kept.density || 'cosy'
  root.dataset.textSize = kept.textSize || 'normal'
  root.dataset.motion = kept.motion || 'system'
})()
