import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope

const KEPT = 'courtyard-assets'

precacheAndRoute(self.__WB_MANIFEST)
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/api(\/|$)/, /^\/admin(\/|$)/],
  }),
)

// Parts that were loaded on demand once open offline afterwards. Their names carry their content.
registerRoute(
  ({ url }) => url.origin === self.location.origin && url.pathname.startsWith('/assets/'),
  async ({ request }) => {
    const cache = await caches.open(KEPT)
    const kept = await cache.match(request)
    if (kept) return kept
    const fresh = await fetch(request)
    if (fresh.ok) await cache.put(request, fresh.clone())
    return fresh
  },
)

// A new version starts with an empty shelf, or the parts of old ones would pile up.
self.addEventListener('activate', (event) => event.waitUntil(caches.delete(KEPT)))

// An update waits until the person takes it.
self.addEventListener('message', (event) => {
  if (event.data?.type === 'SKIP_WAITING') void self.skipWaiting()
})
