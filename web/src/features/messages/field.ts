/** A field one writes in, whichever it is. */
export interface Writing {
  focus(): void
}
