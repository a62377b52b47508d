import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import type { Account, Standing, WorkspaceRole } from '@/api/types'

/** The accounts whose name or address holds these words, page by page. */
export function useAccounts(words: string, standing: Standing | null) {
  return useInfiniteQuery({
    queryKey: ['accounts', words, standing],
    queryFn: ({ pageParam }) => {
      const query = {
        limit: 50,
        ...(words ? { words } : {}),
        ...(standing ? { standing } : {}),
        ...(pageParam ? { after: pageParam } : {}),
      }
      return unwrap(api.GET('/api/accounts', { params: { query } }))
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  })
}

/** A change of one account; the lists are asked again afterwards. */
function useAct<Wish>(ask: (account: Account, wish: Wish) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ account, wish }: { account: Account; wish: Wish }) => ask(account, wish),
    onSettled: () => {
      // Not waited for: the row may leave the list, and with it whoever says that it is done.
      void client.invalidateQueries({ queryKey: ['licence'] })
      void client.invalidateQueries({ queryKey: ['accounts'] })
    },
  })
}

const at = ({ user }: Account) => ({ path: { user_id: user.id } })

/** Closes an account, or opens it again. */
export function useSetActive() {
  return useAct((account, active: boolean) =>
    unwrap(api.PUT('/api/accounts/{user_id}/active', { params: at(account), body: { active } })),
  )
}

/** Gives somebody another standing in the workspace. */
export function useSetRole() {
  return useAct((account, role: WorkspaceRole) =>
    unwrap(api.PUT('/api/accounts/{user_id}/role', { params: at(account), body: { role } })),
  )
}

/** Signs somebody out everywhere. */
export function useEndSessions() {
  return useAct((account, _: null) =>
    unwrap(api.DELETE('/api/accounts/{user_id}/sessions', { params: at(account) })),
  )
}

/** How the workspace stands: edition, seats, support. */
export function useLicence() {
  return useQuery({ queryKey: ['licence'], queryFn: () => unwrap(api.GET('/api/licence')) })
}

/** What a pasted licence would cover. */
export function useLookAtLicence() {
  return useMutation({
    mutationFn: (text: string) => unwrap(api.POST('/api/licence/look', { body: { text } })),
  })
}

/** Puts a licence in place of the former one. */
export function useInstallLicence() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (text: string) => unwrap(api.PUT('/api/licence', { body: { text } })),
    onSuccess: (stands) => client.setQueryData(['licence'], stands),
  })
}
