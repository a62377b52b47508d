import { usePerson } from '@/api/people'
import { useBlocks } from '@/features/accounts/blocks'
import { useTyping } from '@/features/presence/typing'
import { plainName } from '@/ui/names'
import { t } from '@/ui/text'

/** Who is typing. Its room is always there, so that nothing moves when someone begins. */
export function TypingLine({ channelId, me }: { channelId: string; me: string }) {
  const blocks = useBlocks()
  const others = useTyping(channelId).filter((id) => id !== me && !blocks?.includes(id))
  return (
    <div aria-live="polite" className="flex h-7 items-center gap-2 px-2.5 text-ink-3 text-tiny">
      {others.length > 0 && (
        <>
          <span aria-hidden className="flex gap-[3px]">
            <i className="size-1 animate-shimmer rounded-full bg-ink-3" />
            <i className="size-1 animate-shimmer rounded-full bg-ink-3 opacity-65" />
            <i className="size-1 animate-shimmer rounded-full bg-ink-3 opacity-35" />
          </span>
          <span className="truncate">
            {others.length === 1 && <One id={others[0] as string} />}
            {others.length === 2 && <Two ids={others as [string, string]} />}
            {others.length > 2 && t('messages.typing.many')}
          </span>
        </>
      )}
    </div>
  )
}

function useName(id: string): string {
  const person = usePerson(id)
  return person ? (plainName(person.name).split(' ')[0] as string) : t('messages.someone')
}

function One({ id }: { id: string }) {
  return <>{t('messages.typing.one', { name: useName(id) })}</>
}

function Two({ ids }: { ids: [string, string] }) {
  return <>{t('messages.typing.two', { first: useName(ids[0]), second: useName(ids[1]) })}</>
}
