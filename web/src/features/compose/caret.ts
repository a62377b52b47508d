import type { Editor } from '@tiptap/core'
import { type Piece, same } from './model'
import { parse } from './parse'
import { CARET } from './taken'

function without(piece: Piece): Piece[] {
  if (piece.text !== undefined) {
    const text = piece.text.replaceAll(CARET, '')
    return text ? [{ ...piece, text }] : []
  }
  if (!piece.content) return [piece]
  const { content, ...rest } = piece
  const kept = content.flatMap(without)
  return [kept.length > 0 ? { ...rest, content: kept } : rest]
}

/** What is marked in the document; null where the marks would change how the text is read. */
export function markedIn(editor: Editor, text: string): { from: number; to: number } | null {
  const made = parse(text)
  if (!same(without(made)[0], parse(text.replaceAll(CARET, '')))) return null
  const found: number[] = []
  editor.schema.nodeFromJSON(made).descendants((node, at) => {
    for (let within = 0; within < (node.text?.length ?? 0); within += 1) {
      // Each mark found stands one place further on than the words without it do.
      if (node.text?.[within] === CARET) found.push(at + within - found.length)
    }
  })
  const [from, to = from] = found
  return from === undefined || to === undefined ? null : { from, to }
}
