/** Last word of every Threefry counter: what the block is for. Blocks for different uses of one key never meet. */
export const DOMAIN = {
  /** Random words of a stream. */
  words: 0,
  /** Child key for a number. */
  number: 1,
  /** Six code units of a string that goes on. */
  text: 2,
  /** The last code units of a string; their count, 0 to 6, is added. */
  textEnd: 8,
} as const
