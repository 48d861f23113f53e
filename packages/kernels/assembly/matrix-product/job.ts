// Blocks: k terms, n columns. A packed block of b stays in the second cache, a panel of it in the first.
export const termsInBlock: i32 = 512
export const columnsInBlock: i32 = 512
/** Of a product with no more rows than that, what the threads share is the left matrix; else the right one. */
export const rowsShared: i32 = 128
export const columnsInPart: i32 = 32
export const mostRowsInPart: i32 = 64

// What the threads share, in bytes from its beginning.
export const startAt: usize = 256 // what the sums of a block of columns begin with: the bias, or zeros
export const sharedLengthsAt: usize = startAt + ((<usize>columnsInBlock + 32) << 2)
export const sharedRoomAt: usize = sharedLengthsAt + (<usize>rowsShared << 2) // a packed block of b; or terms, or strips
export const sharedBytes: usize = sharedRoomAt + <usize>termsInBlock * ((<usize>columnsInBlock + 32) << 2)

// What each thread has for itself.
export const edgeAt: usize = 0 // one tile of 4 × 8, or one row of 32
export const lengthsAt: usize = 128
export const roomAt: usize = lengthsAt + (<usize>mostRowsInPart << 2) // terms, or strips; or packed columns of b
export const moreRoomAt: usize = roomAt + ((<usize>termsInBlock * <usize>columnsInPart) << 2) // terms of few rows
export const ownBytes: usize = roomAt + ((<usize>termsInBlock * <usize>mostRowsInPart) << 3)

/** A product that is being made: what was asked for, how it is done, and the block that it has come to. */
@unmanaged
export class Job {
  // As `begin` was told.
  m: i32
  n: i32
  k: i32
  a: usize
  rowA: usize
  stepA: usize
  b: usize
  rowB: usize
  stepB: usize
  c: usize
  rowC: usize
  bias: usize
  accumulated: i32
  clamped: i32
  low: f32
  high: f32

  /** Row by row, by the terms that aren't zero; else by tiles. */
  byTerms: i32
  /** Every term of a row, as of rows so few that it isn't worth looking which are zero. */
  all: i32
  /** A part is some columns of all rows; else some rows of all columns. */
  byColumns: i32
  /** b is read where it lies: few rows aren't worth a copy of it. */
  inPlace: i32
  /** Four rows of a are copied side by side: where neighbours in a row lie far apart, those in a column mostly don't. */
  stripped: i32
  rowsInPart: i32
  depth: i32

  /** Whether the parts prepare what those that follow read: terms or strips of some rows each. */
  preparing: i32
  rowsPrepared: i32

  // The block: its first column and term (before the first one: −1), how many of each there are.
  column: i32
  term: i32
  width: i32
  terms: i32
  /** Whether it is the first of its columns, and whether it clamps. */
  first: i32
  last: i32
  left: usize
  right: usize
  to: usize
}
