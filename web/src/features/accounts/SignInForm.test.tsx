import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/client'
import { signIn } from '@/api/session'
import { TooltipProvider } from '@/ui/Tooltip'
import { SignInForm } from './SignInForm'

vi.mock('@/api/session', () => ({ signIn: vi.fn() }))
const asked = vi.mocked(signIn)

beforeEach(() => {
  asked.mockReset()
})

async function tryToEnter() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <TooltipProvider>
        <SignInForm />
      </TooltipProvider>
    </QueryClientProvider>,
  )
  await userEvent.type(screen.getByLabelText('E-mail'), ' ada@st-brigid.example ')
  await userEvent.type(screen.getByLabelText('Password'), 'quiet stone lamp')
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
}

it('asks with what was written, remembering by default', async () => {
  await tryToEnter()
  expect(asked).toHaveBeenCalledWith('ada@st-brigid.example', 'quiet stone lamp', true)
})

it('does not tell which of the two was wrong', async () => {
  asked.mockRejectedValue(new ApiError(401, 'unauthenticated', 'No account has this e-mail.'))
  await tryToEnter()
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'E-mail and password do not belong together.',
  )
  expect(screen.queryByText(/No account/)).toBeNull()
})

it('counts the seconds down and takes no further try meanwhile', async () => {
  asked.mockRejectedValue(new ApiError(429, 'too_many', 'Slow down.', null, null, 24))
  await tryToEnter()
  const button = await screen.findByRole('button', { name: /In 2[34] s/ })
  expect(button).toHaveAttribute('aria-disabled', 'true')
  await userEvent.type(screen.getByLabelText('Password'), '{Enter}')
  expect(asked).toHaveBeenCalledTimes(1)
})

it('says that the server does not answer', async () => {
  asked.mockRejectedValue(new ApiError(0, 'network', 'Failed to fetch'))
  await tryToEnter()
  expect(await screen.findByRole('alert')).toHaveTextContent('The server does not answer.')
})
