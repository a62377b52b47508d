import type { TextId } from '@/ui/text'

/** The greeting for an hour of the day, 0 to 23. */
export function greeting(hour: number): TextId {
  if (hour < 5 || hour >= 22) return 'accounts.greeting.night'
  if (hour < 12) return 'accounts.greeting.morning'
  if (hour < 18) return 'accounts.greeting.afternoon'
  return 'accounts.greeting.evening'
}
