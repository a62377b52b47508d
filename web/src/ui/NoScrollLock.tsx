import { Slot } from 'radix-ui'
import { createElement, type ElementType, type ReactNode } from 'react'

/**
 * Stands in for `react-remove-scroll` inside Radix: the page itself never scrolls, and the original
 * writes <style> elements, which our content policy forbids.
 */
export function RemoveScroll(props: { as?: ElementType; children: ReactNode }) {
  return createElement(props.as ?? Slot.Root, null, props.children)
}
