import { Outlet, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useSession } from '@/api/session'
import { Splash } from './Splash'

/** Lets people in who have a session, sends others to sign in and back again afterwards. */
export function SignedIn() {
  const { state } = useSession()
  if (state === 'loading') return <Splash />
  if (state === 'signed-out') return <ToSignIn />
  return <Outlet />
}

/** Goes to the sign-in page, once: the address is taken when this is first shown. */
function ToSignIn() {
  const router = useRouter()
  useEffect(() => {
    const next = router.state.location.href
    void router.navigate({ to: '/sign-in', search: next === '/' ? {} : { next }, replace: true })
  }, [router])
  return <Splash />
}
