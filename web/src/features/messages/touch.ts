/** With fingers Enter makes a new line: the keyboard has no Shift to hold. */
export const touch = () => matchMedia('(pointer: coarse)').matches
