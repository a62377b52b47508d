/** Written words on one line, without the marks that shape them: links and mentions by name. */
export function plainly(text: string): string {
  return text
    .replace(/```\w*\n?/g, '')
    .replace(/!?\[([^\]]*)\]\([^()\s]*\)/g, '$1')
    .replace(/^\s*(?:#{1,6}|>|[-*+]|\d+\.)\s+/gm, '')
    .replace(/(\*\*|__|~~|\|\||`)/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
