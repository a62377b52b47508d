import { Check, CircleAlert, X } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import { create } from 'zustand'
import { IconButton } from './IconButton'
import { t } from './text'

interface Notice {
  id: number
  text: string
  tone?: 'good' | 'bad'
  /** One way to act on it: undo, show, retry. */
  action?: { label: string; run: () => void }
  /** Stays until it is answered or closed. */
  lasting?: boolean
}

const useNotices = create<{ notices: Notice[] }>(() => ({ notices: [] }))
let last = 0

/** Says something in passing below the header, away from the newest words and the middle. Returns how to take it back. */
export function toast(notice: Omit<Notice, 'id'>): () => void {
  const id = ++last
  // Three at most: what is older has been seen or does not matter any more.
  useNotices.setState(({ notices }) => ({ notices: [...notices, { ...notice, id }].slice(-3) }))
  return () => dismiss(id)
}

function dismiss(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((one) => one.id !== id) }))
}

/** Where toasts appear; mount once. F8 moves the focus there. */
export function Toasts() {
  const notices = useNotices((state) => state.notices)
  return (
    <Radix.Provider label={t('ui.toast.region')} swipeDirection="up">
      {notices.map((notice) => (
        <ToastCard key={notice.id} notice={notice} />
      ))}
      <Radix.Viewport
        label={t('ui.toast.region')}
        className="fixed inset-x-0 tablet:right-5 tablet:left-auto [body:has([data-panel])_&]:right-[25.75rem] top-[calc(4.25rem+env(safe-area-inset-top))] [body:has([data-strip])_&]:top-[7.75rem] z-50 mx-auto flex w-fit max-w-[calc(100vw-2rem)] flex-col items-center tablet:items-end gap-2 outline-none"
      />
    </Radix.Provider>
  )
}

function ToastCard({ notice }: { notice: Notice }) {
  const { id, text, tone, action, lasting } = notice
  const close = () => dismiss(id)
  return (
    <Radix.Root
      duration={lasting ? Number.POSITIVE_INFINITY : action ? 8000 : 5000}
      onOpenChange={(open) => open || close()}
      type={tone === 'bad' ? 'foreground' : 'background'}
      className="flex min-h-12 max-w-full animate-slide-down items-center gap-3 rounded-menu float-surface py-1.5 pr-1.5 pl-4 outline-none"
    >
      {tone === 'good' && <Check size={18} aria-hidden className="text-jade" />}
      {tone === 'bad' && <CircleAlert size={18} aria-hidden className="text-rose" />}
      <Radix.Title dir="auto" className="min-w-0 py-1">
        {text}
      </Radix.Title>
      {action && (
        <Radix.Action
          altText={action.label}
          onClick={action.run}
          className="h-9 rounded-row px-3 font-semibold text-marigold-text hover:bg-stone-4 pointer-coarse:h-11"
        >
          {action.label}
        </Radix.Action>
      )}
      <Radix.Close asChild>
        <IconButton icon={X} label={t('ui.close')} onClick={close} />
      </Radix.Close>
    </Radix.Root>
  )
}
