import '@/styles/index.css'
import { createRoot } from 'react-dom/client'
import { restoreSession } from '@/api/session'
import { applyAppearance } from '@/ui/appearance'
import { loadLocale } from '@/ui/text'
import { App } from './App'
import { startApp } from './live'
import { offerUpdates } from './update'

applyAppearance()
startApp()
void restoreSession()
await loadLocale(navigator.language)
const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
if (import.meta.env.PROD) void offerUpdates()
