/** Where things stand in the 32-bit numbers that the threads share. */
export interface Slots {
  /** Raised to wake the threads. */
  readonly wake: number
  /** Chunks that nobody has taken; zero or less where there is no work. Set last, so who takes one finds the rest set. */
  readonly left: number
  readonly done: number
  /** 1 and more: the thread with this number has failed, and `message` says why. */
  readonly failed: number
  /** 1: a chunk said no (its kernel returned 0). */
  readonly refused: number
  readonly stop: number
  readonly chunks: number
  readonly chunkSize: number
  readonly total: number
  /** Index of the kernel, and how many arguments it takes before from, to and its room to work in. */
  readonly kernel: number
  readonly arity: number
  readonly firstArgument: number
  /** Where each thread's room to work in begins: the first one's, and how far apart. */
  readonly work: number
  readonly workBytes: number
  /** Length, then the letters. */
  readonly message: number
  readonly length: number
}

export const slots: Slots = {
  wake: 0,
  left: 1,
  done: 2,
  failed: 3,
  refused: 4,
  stop: 5,
  chunks: 6,
  chunkSize: 7,
  total: 8,
  kernel: 9,
  arity: 10,
  work: 11,
  workBytes: 12,
  firstArgument: 16,
  message: 32,
  length: 32 + 257,
}
