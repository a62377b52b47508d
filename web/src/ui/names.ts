// Characters that change the direction of their surroundings or take no room: in a name they serve
// only to look like somebody else. The joiners U+200C and U+200D stay: Hindi and emoji need them.
const TRICKS =
  /[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/gu
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** A name as it may stand on the page: one line, in its own direction, without invisible parts. */
export function plainName(name: string): string {
  return name.replace(/\s+/gu, ' ').replace(TRICKS, '').trim() || '?'
}

/** Code with its direction marks spelled out, so that it reads as it runs. */
export function visible(code: string): string {
  return code.replace(TURNS, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
