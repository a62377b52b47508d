/** The longest message the server takes, in characters. */
export const LONGEST = 20_000
/** From here on the composer counts down. */
export const COUNT_FROM = 19_000

/** Characters as the server counts them: an emoji is one, not two. */
export function lengthOf(text: string): number {
  // Counting is dear for long texts, and the cheap length is never too small.
  return text.length < COUNT_FROM ? text.length : [...text].length
}
