/** Where the names of the emoji are kept, put in by the build. */
declare const EMOJI_DATA: string
