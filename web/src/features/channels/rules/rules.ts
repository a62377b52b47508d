import type { Rule } from '@/api/types'

/** What a place allows or denies. */
export const permissions = ['view', 'post', 'mention_all', 'manage_messages'] as const
export type PlacePermission = (typeof permissions)[number]

/** How a rule stands to a permission; to inherit is to leave it to the roles. */
export type Stand = 'allow' | 'inherit' | 'deny'

/** Whom a rule is for, as one word: `everyone`, `role:ID` or `user:ID`. */
export type Subject = string

/** Whom a rule is for. */
export function subjectOf(rule: Rule): Subject {
  return rule.subject_id ? `${rule.subject_kind}:${rule.subject_id}` : rule.subject_kind
}

function blank(subject: Subject): Rule {
  const [kind, id] = subject.split(':')
  const subject_kind = kind === 'role' || kind === 'user' ? kind : 'everyone'
  return { subject_kind, subject_id: id ?? null, allow: [], deny: [] }
}

/** How somebody stands to a permission in these rules. */
export function standOf(rules: readonly Rule[], subject: Subject, what: PlacePermission): Stand {
  const rule = rules.find((one) => subjectOf(one) === subject)
  if (rule?.allow?.includes(what)) return 'allow'
  return rule?.deny?.includes(what) ? 'deny' : 'inherit'
}

/** The rules with one permission of somebody set; a rule that says nothing is left out. */
export function setStand(
  rules: readonly Rule[],
  subject: Subject,
  what: PlacePermission,
  stand: Stand,
): Rule[] {
  const before = rules.find((one) => subjectOf(one) === subject) ?? blank(subject)
  const others = rules.filter((one) => subjectOf(one) !== subject)
  const set = (names: readonly PlacePermission[] = [], when: Stand) => [
    ...names.filter((name) => name !== what),
    ...(stand === when ? [what] : []),
  ]
  const allow = set(before.allow, 'allow')
  const deny = set(before.deny, 'deny')
  return allow.length + deny.length > 0 ? [...others, { ...before, allow, deny }] : others
}

/** Whether two sets of rules say the same. */
export function same(some: readonly Rule[], others: readonly Rule[]): boolean {
  return words(some) === words(others)
}

function words(rules: readonly Rule[]): string {
  const all = rules.flatMap((rule) => {
    const who = subjectOf(rule)
    const allowed = (rule.allow ?? []).map((name) => `${who} + ${name}`)
    return [...allowed, ...(rule.deny ?? []).map((name) => `${who} - ${name}`)]
  })
  return all.sort().join()
}
