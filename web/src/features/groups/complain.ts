import { problemText } from '@/features/accounts/problem'
import { toast } from '@/ui/Toast'

/** Says in passing that something was not done, and why. */
export function complain(error: unknown): void {
  toast({ text: problemText(error), tone: 'bad' })
}
