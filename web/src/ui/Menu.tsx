import { ChevronRight, type LucideIcon } from 'lucide-react'
import { ContextMenu as Context, DropdownMenu as Dropdown } from 'radix-ui'
import { createContext, type ReactNode, use } from 'react'
import { cx } from './cx'
import { Kbd } from './Kbd'

// The same items serve a menu under a button and a menu under the pointer.
const Kind = createContext<typeof Dropdown | typeof Context>(Dropdown)

const surface =
  'menu-surface z-40 max-h-(--radix-popper-available-height) min-w-52 animate-rise overflow-y-auto rounded-menu float-surface p-1.5'

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactNode
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  /** Where the focus goes afterwards, when an item moves it on purpose. */
  onCloseAutoFocus?: (event: Event) => void
  open?: boolean
  onOpenChange?: (open: boolean) => void
  children: ReactNode
}

/** A menu under a button; on a phone it comes up from the foot of the screen. */
export function Menu(props: MenuProps) {
  const { trigger, align = 'end', side = 'bottom', onCloseAutoFocus, children, ...state } = props
  return (
    <Kind value={Dropdown}>
      <Dropdown.Root {...state}>
        <Dropdown.Trigger asChild>{trigger}</Dropdown.Trigger>
        <Dropdown.Portal>
          <Dropdown.Content
            align={align}
            side={side}
            sideOffset={6}
            collisionPadding={8}
            onCloseAutoFocus={onCloseAutoFocus}
            className={surface}
          >
            {children}
          </Dropdown.Content>
        </Dropdown.Portal>
      </Dropdown.Root>
    </Kind>
  )
}

/** A menu under the pointer (right click, long press, menu key) of what it wraps. */
export function ContextMenu(props: { trigger: ReactNode; children: ReactNode }) {
  return (
    <Kind value={Context}>
      <Context.Root>
        <Context.Trigger asChild>{props.trigger}</Context.Trigger>
        <Context.Portal>
          <Context.Content collisionPadding={8} className={surface}>
            {props.children}
          </Context.Content>
        </Context.Portal>
      </Context.Root>
    </Kind>
  )
}

const row =
  'flex min-h-9 cursor-default select-none items-center gap-3 rounded-row px-2.5 py-1.5 text-ink-2 outline-none data-[highlighted]:bg-stone-4 data-[highlighted]:text-ink-1 data-[disabled]:text-ink-3 pointer-coarse:min-h-11'

interface ItemProps {
  icon?: LucideIcon
  keys?: string
  danger?: boolean
  disabled?: boolean
  onSelect: () => void
  children: ReactNode
}

/** One thing to do. */
export function MenuItem({ icon: Icon, keys, danger, disabled, onSelect, children }: ItemProps) {
  const kind = use(Kind)
  return (
    <kind.Item
      disabled={disabled}
      onSelect={onSelect}
      className={cx(row, danger && 'text-rose data-[highlighted]:text-rose')}
    >
      {Icon && <Icon size={18} aria-hidden />}
      <span className="min-w-0 flex-1">{children}</span>
      {keys && <Kbd keys={keys} />}
    </kind.Item>
  )
}

interface ChoiceProps<Value extends string> {
  value: Value
  options: { value: Value; label: string; hint?: string }[]
  onChange: (value: Value) => void
}

/** One of several, inside a menu; the chosen one carries a dot. */
export function MenuChoice<Value extends string>({ value, options, onChange }: ChoiceProps<Value>) {
  const kind = use(Kind)
  return (
    <kind.RadioGroup value={value} onValueChange={(next) => onChange(next as Value)}>
      {options.map((option) => (
        <kind.RadioItem key={option.value} value={option.value} className={row}>
          <span className="min-w-0 flex-1">
            <span className="block text-ink-1">{option.label}</span>
            {option.hint && <span className="block text-ink-3 text-tiny">{option.hint}</span>}
          </span>
          <kind.ItemIndicator className="size-2 rounded-full bg-ink-1" />
        </kind.RadioItem>
      ))}
    </kind.RadioGroup>
  )
}

/** More of a kind, in a menu beside the menu. */
export function MenuSub(props: { icon?: LucideIcon; label: string; children: ReactNode }) {
  const kind = use(Kind)
  const { icon: Icon } = props
  return (
    <kind.Sub>
      <kind.SubTrigger className={cx(row, 'data-[state=open]:bg-stone-4')}>
        {Icon && <Icon size={18} aria-hidden />}
        <span className="min-w-0 flex-1">{props.label}</span>
        <ChevronRight size={16} aria-hidden className="text-ink-3" />
      </kind.SubTrigger>
      <kind.Portal>
        <kind.SubContent collisionPadding={8} sideOffset={4} className={cx(surface, 'menu-sub')}>
          {props.children}
        </kind.SubContent>
      </kind.Portal>
    </kind.Sub>
  )
}

/** A quiet heading inside a menu. */
export function MenuLabel({ children }: { children: ReactNode }) {
  const kind = use(Kind)
  return (
    <kind.Label className="px-2.5 pt-2 pb-1 font-strong text-ink-3 text-tiny">
      {children}
    </kind.Label>
  )
}

/** Air between two kinds of items. */
export function MenuSeparator() {
  const kind = use(Kind)
  return <kind.Separator className="mx-2.5 my-1.5 h-px bg-line" />
}
