import { outdated } from '@/api/connection'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'

const HOUR_MS = 3_600_000

/** Installs the service worker and offers each new version; nobody is made to take it. */
export async function offerUpdates(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const hadOne = navigator.serviceWorker.controller !== null
  const registration = await navigator.serviceWorker.register('/sw.js').catch(() => null)
  if (!registration) return
  if (registration.waiting) offer(registration.waiting)
  registration.addEventListener('updatefound', () => whenInstalled(registration.installing))
  // The very first worker takes over silently; a later one means another tab said yes.
  navigator.serviceWorker.addEventListener('controllerchange', () => hadOne && changed())
  // The server no longer speaks to this version: the new one is there to be had.
  outdated.subscribe(() => void registration.update().catch(() => undefined))
  setInterval(() => void registration.update().catch(() => undefined), HOUR_MS)
}

let accepted = false

function whenInstalled(worker: ServiceWorker | null): void {
  worker?.addEventListener('statechange', () => {
    if (worker.state === 'installed' && navigator.serviceWorker.controller) offer(worker)
  })
}

function offer(worker: ServiceWorker): void {
  toast({
    text: t('app.update.ready'),
    lasting: true,
    action: {
      label: t('app.reload'),
      run: () => {
        accepted = true
        worker.postMessage({ type: 'SKIP_WAITING' })
      },
    },
  })
}

function changed(): void {
  if (accepted) location.reload()
  else
    toast({
      text: t('app.update.elsewhere'),
      lasting: true,
      action: { label: t('app.reload'), run: () => location.reload() },
    })
}
