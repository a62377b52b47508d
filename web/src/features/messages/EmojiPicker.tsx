import {
  type EmojiPickerListEmojiProps as EmojiProps,
  EmojiPicker as Frimousse,
  type EmojiPickerListCategoryHeaderProps as HeaderProps,
  type EmojiPickerListRowProps as RowProps,
  type SkinTone,
} from 'frimousse'
import type { CSSProperties } from 'react'
import { cx } from '@/ui/cx'
import { kept } from '@/ui/kept'
import { t } from '@/ui/text'

const skinTone = kept<SkinTone>('emoji.skin', 'none')
// Newer ones are in no font yet that we ship.
const NEWEST = 16
const FONT = { '--frimousse-emoji-font': '"Noto Color Emoji"' } as CSSProperties

/** All emoji, found by their names. Its data comes from our own house. */
export function EmojiPicker({ onPick }: { onPick(emoji: string): void }) {
  return (
    <Frimousse.Root
      locale="en"
      emojibaseUrl={EMOJI_DATA}
      emojiVersion={NEWEST}
      columns={8}
      sticky={false}
      skinTone={skinTone.use()}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
      style={FONT}
      className="isolate flex h-[22rem] w-full flex-col tablet:w-[21.5rem]"
    >
      <div className="flex items-center gap-1.5 p-2.5 pb-1.5">
        <Frimousse.Search
          autoFocus
          aria-label={t('messages.emoji.search')}
          placeholder={t('messages.emoji.search')}
          className="h-9 min-w-0 flex-1 rounded-row bg-stone-3 px-3 text-ui outline-none placeholder:text-ink-3 focus-visible:outline-[1.5px] focus-visible:outline-field-focus pointer-coarse:h-11"
        />
        <SkinButton />
      </div>
      <Frimousse.Viewport className="relative min-h-0 flex-1 outline-hidden">
        <Frimousse.Loading className="absolute inset-0 grid place-items-center text-ink-3 text-small">
          {t('messages.emoji.loading')}
        </Frimousse.Loading>
        <Frimousse.Empty className="absolute inset-0 grid place-items-center text-ink-3 text-small">
          {t('messages.emoji.none')}
        </Frimousse.Empty>
        <Frimousse.List className="select-none pb-2" components={parts} />
      </Frimousse.Viewport>
    </Frimousse.Root>
  )
}

function SkinButton() {
  return (
    <Frimousse.SkinTone emoji="✋">
      {({ skinTone: now, setSkinTone, skinToneVariations }) => {
        const at = skinToneVariations.findIndex((one) => one.skinTone === now)
        const next = skinToneVariations[(at + 1) % skinToneVariations.length]
        const change = () => {
          if (!next) return
          setSkinTone(next.skinTone)
          skinTone.set(next.skinTone)
        }
        return (
          <button
            type="button"
            aria-label={t('messages.emoji.skin')}
            onClick={change}
            className="touch-target grid size-9 place-items-center rounded-row text-lg hover:bg-stone-4"
          >
            {skinToneVariations[at]?.emoji ?? '✋'}
          </button>
        )
      }}
    </Frimousse.SkinTone>
  )
}

/** The picker counts rows and columns from nought; for a reader of screens they begin at one. */
const fromOne = (index: number | undefined) => (index ?? 0) + 1

const parts = {
  CategoryHeader: ({ category, ...rest }: HeaderProps) => (
    <div {...rest} className="bg-float px-3.5 pt-2.5 pb-1 font-strong text-ink-3 text-tiny">
      {category.label}
    </div>
  ),
  Row: (props: RowProps) => (
    <div
      {...props}
      {...{ 'aria-rowindex': fromOne(props['aria-rowindex']) }}
      className="scroll-my-2 px-2"
    />
  ),
  Emoji: ({ emoji, ...rest }: EmojiProps) => (
    <button
      {...rest}
      type="button"
      aria-label={emoji.label}
      {...{ 'aria-colindex': fromOne(rest['aria-colindex']) }}
      className={cx(
        'grid h-10 flex-1 place-items-center rounded-row text-[1.375rem] leading-none',
        emoji.isActive && 'bg-stone-4',
      )}
    >
      {emoji.emoji}
    </button>
  ),
}
