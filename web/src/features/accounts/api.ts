import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiError, api, send, unwrap } from '@/api/client'
import { adopt, signIn, updateMe } from '@/api/session'
import type { Group, Me } from '@/api/types'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'

/** What anyone may know of this installation: its name, and whether it is set up. */
export function useWorkspace() {
  return useQuery({
    queryKey: ['workspace'],
    queryFn: () => unwrap(api.GET('/api/workspace')),
    staleTime: 5 * 60_000,
  })
}

/** The machine's own findings, while the workspace is being set up. */
export function useSetupChecks() {
  return useQuery({
    queryKey: ['setup', 'checks'],
    queryFn: () => unwrap(api.GET('/api/setup/checks')),
    refetchInterval: ({ state }) => (isOver(state.error) ? false : 5000),
  })
}

/** The workspace is set up: its machine says no more of itself to just anybody. */
export function isOver(error: Error | null): boolean {
  return error instanceof ApiError && error.status === 404
}

interface SetupBody {
  workspace_name: string
  name: string
  email: string
  password: string
  setup_code: string | null
}

/** Makes the workspace and its first person. */
export function useSetup() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: SetupBody) => {
      try {
        adopt(await unwrap(api.POST('/api/setup', { body })))
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 409) throw error
        // Perhaps our own first attempt got through and only its answer was lost.
        await signIn(body.email, body.password, true).catch(() => {
          throw error
        })
      }
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['workspace'] }),
  })
}

/** The first group and, if wanted, another one with demo content. Gives the group to invite to. */
export function useFirstGroup() {
  return useMutation({
    mutationFn: async (wish: { client_id: string; name: string; demo: boolean }) => {
      const body = { client_id: wish.client_id, name: wish.name }
      const own = wish.name ? await unwrap(api.POST('/api/groups', { body })) : null
      const demo = wish.demo ? await demoGroup().catch((error) => missing(error, own)) : null
      return own ?? demo
    },
  })
}

/** Demo content is a gift: when it fails, it does not stand in the way of a group of one's own. */
function missing(error: unknown, own: Group | null): null {
  if (!own) throw error
  toast({ text: t('accounts.setup.demo.failed'), tone: 'bad' })
  return null
}

function demoGroup(): Promise<Group> {
  return sendRaw('/api/demo', { method: 'POST' })
}

/** A link for a colleague into a group, good for a week. */
export function useInviteLink() {
  return useMutation({
    mutationFn: async (groupId: string) => {
      const params = { path: { group_id: groupId } }
      const body = { expires_in_hours: 168, max_uses: null }
      const invite = await unwrap(api.POST('/api/groups/{group_id}/invites', { params, body }))
      return `${location.origin}/join/${invite.token}`
    },
  })
}

/** What an invitation says to the one who holds it. */
export function useInvitation(token: string) {
  return useQuery({
    queryKey: ['invitation', token],
    queryFn: () => unwrap(api.POST('/api/invites/look', { body: { token } })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
}

/** Comes in as a new person, or takes over an account that was imported. */
export function useJoin() {
  return useMutation({
    mutationFn: async (body: { token: string; name: string; email: string; password: string }) =>
      adopt(await unwrap(api.POST('/api/invites/join', { body }))),
  })
}

/** Comes into one more group, for someone who is signed in. */
export function useAcceptInvitation() {
  return useMutation({
    mutationFn: (token: string) => unwrap(api.POST('/api/invites/accept', { body: { token } })),
  })
}

/** Changes name or title. */
export function useUpdateProfile() {
  return useMutation({
    mutationFn: async (body: { name?: string; title?: string }) =>
      updateMe(await unwrap(api.PATCH('/api/me', { body }))),
  })
}

/** Sets the picture, or takes it away with null. */
export function useAvatar() {
  return useMutation({
    mutationFn: async (image: Blob | null) => updateMe(await sendAvatar(image)),
  })
}

// The body is the picture itself, which the typed client cannot say.
function sendAvatar(image: Blob | null): Promise<Me> {
  if (image === null) return unwrap(api.DELETE('/api/me/avatar'))
  const headers = { 'Content-Type': image.type }
  return sendRaw('/api/me/avatar', { method: 'PUT', headers, body: image })
}

async function sendRaw<Body>(path: string, init: RequestInit): Promise<Body> {
  const response = await send(new Request(path, init))
  const answer: unknown = await response.json().catch(() => null)
  const read = response.ok ? { data: answer as Body, response } : { error: answer, response }
  return unwrap(Promise.resolve(read))
}

/** Changes the password; every other session ends. */
export function useChangePassword() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: { current: string; new: string }) =>
      adopt(await unwrap(api.PUT('/api/me/password', { body }))),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  })
}

/** Where this person is signed in. */
export function useSessions() {
  return useQuery({
    queryKey: ['sessions'],
    queryFn: () => unwrap(api.GET('/api/sessions')),
    staleTime: 0,
  })
}

/** Signs one other device out. */
export function useEndSession() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.DELETE('/api/sessions/{session_id}', { params: { path: { session_id: id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  })
}

/** Signs every device out, this one too. */
export function useEndAllSessions() {
  return useMutation({ mutationFn: () => unwrap(api.DELETE('/api/sessions')) })
}
