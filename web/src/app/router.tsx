import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { safePath } from '@/features/accounts/safePath'
import { PageError } from './PageError'
import { PageNotFound } from './PageNotFound'
import { SignedIn } from './SignedIn'
import { Splash } from './Splash'
import { ChannelPage } from './shell/ChannelPage'
import { GroupHome } from './shell/GroupHome'
import { Home } from './shell/Home'
import { PlaceLayout } from './shell/PlaceLayout'
import { Shell } from './shell/Shell'
import { Talks } from './shell/Talks'

const root = createRootRoute({ component: Outlet, notFoundComponent: PageNotFound })

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('@/features/accounts/setup/Wizard'), 'Wizard'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = safePath(search.next)
    return next ? { next } : {}
  },
  component: lazyRouteComponent(() => import('@/features/accounts/SignIn'), 'SignIn'),
})

const join = createRoute({
  getParentRoute: () => root,
  path: '/join/$token',
  component: lazyRouteComponent(() => import('@/features/accounts/Join'), 'Join'),
})

// Everything below needs a session.
const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: SignedIn })

// In one piece with the entry: whoever is signed in needs them at once, and eighty small files
// weigh a twelfth more than one.
const shell = createRoute({
  getParentRoute: () => signedIn,
  id: 'shell',
  component: Shell,
})

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: Home,
})

const place = createRoute({
  getParentRoute: () => shell,
  id: 'place',
  component: PlaceLayout,
})

const channel = createRoute({
  getParentRoute: () => place,
  path: '/c/$channelId',
  // The message a link points at, in the thread that is open if one is.
  validateSearch: (search: Record<string, unknown>): { m?: string; thread?: string } => ({
    ...(typeof search.m === 'string' ? { m: search.m } : {}),
    ...(typeof search.thread === 'string' ? { thread: search.thread } : {}),
  }),
  component: ChannelPage,
})

const talks = createRoute({
  getParentRoute: () => place,
  path: '/dm',
  component: Talks,
})

const group = createRoute({
  getParentRoute: () => place,
  path: '/g/$groupId',
  component: GroupHome,
})

const groupPages = () => import('./shell/GroupPage')

const groupChannels = createRoute({
  getParentRoute: () => place,
  path: '/g/$groupId/channels',
  component: lazyRouteComponent(groupPages, 'Channels'),
})

const groupMembers = createRoute({
  getParentRoute: () => place,
  path: '/g/$groupId/members',
  component: lazyRouteComponent(groupPages, 'Members'),
})

const groupRoles = createRoute({
  getParentRoute: () => place,
  path: '/g/$groupId/roles',
  component: lazyRouteComponent(groupPages, 'Roles'),
})

const groupSettings = createRoute({
  getParentRoute: () => place,
  path: '/g/$groupId/settings',
  component: lazyRouteComponent(groupPages, 'GroupSettings'),
})

const activity = createRoute({
  getParentRoute: () => shell,
  path: '/activity',
  component: lazyRouteComponent(() => import('./shell/ActivityPage'), 'ActivityPage'),
})
const saved = createRoute({
  getParentRoute: () => shell,
  path: '/saved',
  component: lazyRouteComponent(() => import('./shell/SavedPlace'), 'SavedPlace'),
})

const threads = createRoute({
  getParentRoute: () => place,
  path: '/threads',
  component: lazyRouteComponent(() => import('./shell/ThreadsPage'), 'ThreadsPage'),
})

const settings = createRoute({
  getParentRoute: () => shell,
  id: 'settings',
  component: lazyRouteComponent(() => import('./SettingsLayout'), 'SettingsLayout'),
})

const settingsSection = createRoute({
  getParentRoute: () => settings,
  path: '/settings/$section',
  component: lazyRouteComponent(
    () => import('@/features/accounts/settings/SettingsPage'),
    'SettingsPage',
  ),
})

/** Every address of the client. */
export const router = createRouter({
  routeTree: root.addChildren([
    setup,
    signIn,
    join,
    signedIn.addChildren([
      shell.addChildren([
        home,
        place.addChildren([
          ...[channel, talks, threads, group],
          ...[groupChannels, groupMembers, groupRoles, groupSettings],
        ]),
        activity,
        saved,
        settings.addChildren([settingsSection]),
      ]),
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: Splash,
  defaultErrorComponent: PageError,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
