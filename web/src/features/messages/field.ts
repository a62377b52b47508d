/** A field one writes in, whichever it is. */
export interface Writing {
  focus(): void
}

/** A key as the page or React tells it. */
export type Press = Pick<
  KeyboardEvent,
  'key' | 'shiftKey' | 'altKey' | 'metaKey' | 'ctrlKey' | 'preventDefault'
>
