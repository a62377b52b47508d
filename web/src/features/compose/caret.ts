import type { Editor } from '@tiptap/core'
import { type Piece, same } from './model'
import { parse } from './parse'

/** Stands where the caret is, in a text on its way from one field to the other. */
export const CARET = '\ue000'

function without(piece: Piece): Piece[] {
  if (piece.text !== undefined) {
    const text = piece.text.replace(CARET, '')
    return text ? [{ ...piece, text }] : []
  }
  if (!piece.content) return [piece]
  const { content, ...rest } = piece
  const kept = content.flatMap(without)
  return [kept.length > 0 ? { ...rest, content: kept } : rest]
}

/** Where the marked caret is in the document; its end where the mark would change what is read. */
export function caretIn(editor: Editor, marked: string): number | 'end' {
  const made = parse(marked)
  if (!same(without(made)[0], parse(marked.replace(CARET, '')))) return 'end'
  let found: number | 'end' = 'end'
  editor.schema.nodeFromJSON(made).descendants((node, at) => {
    const within = node.text?.indexOf(CARET) ?? -1
    if (within >= 0) found = at + within
    return found === 'end'
  })
  return found
}
