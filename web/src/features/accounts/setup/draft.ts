/** What the wizard remembers over a reload. Never the password, never the setup code. */
export interface SetupDraft {
  step: 1 | 2 | 3 | 4
  workspace: string
  name: string
  email: string
  groupId: string
  groupName: string
  demo: boolean
  /** Names the creation of the group, so that a second try makes no second group. */
  clientId: string
}

/** What each step of the wizard gets. */
export interface StepProps {
  draft: SetupDraft
  change: (part: Partial<SetupDraft>) => void
}

const KEY = 'courtyard.setup'

function fresh(): SetupDraft {
  return {
    step: 1,
    workspace: '',
    name: '',
    email: '',
    groupId: '',
    groupName: '',
    demo: true,
    clientId: crypto.randomUUID(),
  }
}

/** The draft of this tab, or a fresh one. */
export function readDraft(): SetupDraft {
  try {
    return { ...fresh(), ...JSON.parse(sessionStorage.getItem(KEY) ?? '{}') }
  } catch {
    return fresh()
  }
}

/** Keeps the draft for a reload. */
export function keepDraft(draft: SetupDraft): void {
  sessionStorage.setItem(KEY, JSON.stringify(draft))
}

/** The wizard is done. */
export function dropDraft(): void {
  sessionStorage.removeItem(KEY)
}
