import { allFinite, countNonzeros } from './matrix-product/census'
import { Lanes } from './matrix-product/lanes'
import { pack } from './matrix-product/pack'
import { rowOfTerms } from './matrix-product/row-of-terms'
import { listTerms } from './matrix-product/terms'
import { tile } from './matrix-product/tile'

// Blocks: k terms, n columns, m rows. A packed block of b stays in the second cache, a panel of it in the first.
const termsInBlock: i32 = 512
const columnsInBlock: i32 = 512
const rowsInBlock: i32 = 128

// Scratch, in bytes from its beginning.
const edgeAt: usize = 0 // one tile of 4 × 8, or one row of 32
const startAt: usize = 128 // what the sums of a block of columns begin with: the bias, or zeros
const lengthsAt: usize = startAt + ((<usize>columnsInBlock + 32) << 2)
const rightAt: usize = lengthsAt + (<usize>rowsInBlock << 2) // a packed block of b
const leftAt: usize = rightAt + <usize>termsInBlock * ((<usize>columnsInBlock + 32) << 2) // a packed block of a, or terms
const scratchBytes: usize = leftAt + ((<usize>termsInBlock * <usize>rowsInBlock) << 3)

/** How many bytes of scratch `multiply` needs, whatever the matrices. */
export function bytesOfScratch(): usize {
  return scratchBytes
}

/**
 * A product of two matrices of float32 numbers:
 *
 *   c_rj = clamp(start_rj + Σᵢ a_ri · b_ij)
 *
 * Index legend: r of m rows, j of n columns, i of k terms. Row r of a lies at `a + r·rowA`, and its terms are `stepA` bytes
 * apart; row i of b at `b + i·rowB`, and its columns are `stepB` bytes apart: swap the two for a transposed matrix. The
 * columns of c are 4 bytes apart. `start` is c itself where `accumulated`, else the bias of n numbers at `bias`, else 0.
 * Clamps to [low, high] where `clamped`; NaN stays NaN.
 *
 * The terms of each number are added in order, one by one, whichever way is taken. Zeros of a are skipped where there are
 * enough of them and all of b is finite, so that no 0·∞ is lost.
 */
export function multiply(
  m: i32, n: i32, k: i32, a: usize, rowA: usize, stepA: usize, b: usize, rowB: usize, stepB: usize, c: usize, rowC: usize,
  bias: usize, accumulated: bool, clamped: bool, low: f32, high: f32, scratch: usize,
): void {
  const few = m < 4
  const rowByRow =
    n >= 16 &&
    (few ||
      (countNonzeros(a, rowA, stepA, m, k) < 0.7 * <f64>m * <f64>k && allFinite(b, rowB, stepB, k, n)))
  const blocks = max(1, (k + termsInBlock - 1) / termsInBlock)
  const depth = (k + blocks - 1) / blocks
  for (let j = 0; j < n; j += columnsInBlock) {
    const width = min(columnsInBlock, n - j)
    const start = scratch + startAt
    Lanes.clear(start, (<usize>(width & ~3) + 32) << 2)
    if (bias != 0) Lanes.copyNumbers(start, bias + (<usize>j << 2), <usize>width << 2)
    for (let i = 0; i == 0 || i < k; i += depth) {
      const terms = min(depth, k - i)
      const first = i == 0 && !accumulated
      const last = clamped && i + terms >= k
      const left = a + <usize>i * stepA
      const right = b + <usize>i * rowB + <usize>j * stepB
      const to = c + (<usize>j << 2)
      if (rowByRow) rows(m, width, terms, left, rowA, stepA, right, rowB, stepB, to, rowC, first, last, low, high, few, scratch)
      else tiles(m, width, terms, left, rowA, stepA, right, rowB, stepB, to, rowC, first, last, low, high, scratch)
      if (terms == 0) break
    }
  }
}

/** One block, row by row: 32 columns at a time, by the terms of the row that aren't zero (by `all` of them where asked). */
function rows(
  m: i32, n: i32, k: i32, a: usize, rowA: usize, stepA: usize, b: usize, rowB: usize, stepB: usize, c: usize, rowC: usize,
  first: bool, clamped: bool, low: f32, high: f32, all: bool, scratch: usize,
): void {
  const edge = scratch + edgeAt
  const start = scratch + startAt
  const lengths = scratch + lengthsAt
  const lists = scratch + leftAt
  const packed = scratch + rightAt
  // Few rows aren't worth a copy of b.
  const inPlace = m < 8 && stepB == 4
  const whole = inPlace ? n & ~31 : 0
  const rowBytes: usize = inPlace ? rowB : 128
  const panelBytes = <usize>k << 7
  for (let j = whole; j < n; j += 32) {
    pack(b + <usize>j * stepB, rowB, stepB, k, min(32, n - j), 32, packed + <usize>(j - whole) / 32 * panelBytes)
  }
  for (let r = 0; r < m; r += rowsInBlock) {
    const height = min(rowsInBlock, m - r)
    if (whole > 0 || !inPlace) {
      listTerms(a + <usize>r * rowA, rowA, stepA, height, k, <i32>rowBytes, all, lists, lengths)
    }
    for (let j = 0; j < n; j += 32) {
      const width = min(32, n - j)
      if (inPlace && j == whole) {
        listTerms(a + <usize>r * rowA, rowA, stepA, height, k, 128, all, lists, lengths)
      }
      const panel = j < whole ? b + (<usize>j << 2) : packed + <usize>(j - whole) / 32 * panelBytes
      for (let s = 0; s < height; s++) {
        const to = c + <usize>(r + s) * rowC + (<usize>j << 2)
        const terms = lists + (<usize>s * <usize>k << 3)
        const bytes = <usize>load<u32>(lengths + (<usize>s << 2))
        const from = first ? start + (<usize>j << 2) : to
        if (width == 32) rowOfTerms(terms, bytes, panel, from, to, clamped, low, high)
        else {
          if (!first) Lanes.copyNumbers(edge, to, <usize>width << 2)
          rowOfTerms(terms, bytes, panel, first ? from : edge, edge, clamped, low, high)
          Lanes.copyNumbers(to, edge, <usize>width << 2)
        }
      }
    }
  }
}

/** One block, in tiles of 4 rows × 8 columns. */
function tiles(
  m: i32, n: i32, k: i32, a: usize, rowA: usize, stepA: usize, b: usize, rowB: usize, stepB: usize, c: usize, rowC: usize,
  first: bool, clamped: bool, low: f32, high: f32, scratch: usize,
): void {
  const edge = scratch + edgeAt
  const start = scratch + startAt
  const packed = scratch + rightAt
  const strips = scratch + leftAt
  const inPlace = m < 12 && stepB == 4
  const whole = inPlace ? n & ~7 : 0
  const panelBytes = <usize>k << 5
  for (let j = whole; j < n; j += 8) {
    pack(b + <usize>j * stepB, rowB, stepB, k, min(8, n - j), 8, packed + <usize>(j - whole) / 8 * panelBytes)
  }
  // Where neighbours in a row of a lie far apart, those in a column mostly don't: four rows are copied side by side.
  const stripped = stepA != 4 && n > 32
  const stripBytes = <usize>k << 4
  for (let r = 0; r < m; r += rowsInBlock) {
    const height = min(rowsInBlock, m - r)
    if (stripped) {
      for (let s = 0; s < height; s += 4) {
        const strip = strips + (<usize>s >> 2) * stripBytes
        packStrip(a + <usize>(r + s) * rowA, stepA, rowA, k, min(4, height - s), strip)
      }
    }
    for (let j = 0; j < n; j += 8) {
      const width = min(8, n - j)
      const panel = j < whole ? b + (<usize>j << 2) : packed + <usize>(j - whole) / 8 * panelBytes
      const panelRow: usize = j < whole ? rowB : 32
      for (let s = 0; s < height; s += 4) {
        const count = min(4, height - s)
        const to = c + <usize>(r + s) * rowC + (<usize>j << 2)
        const row: usize = stripped ? 4 : rowA
        const left = stripped ? strips + (<usize>s >> 2) * stripBytes : a + <usize>(r + s) * rowA
        const step: usize = stripped ? 16 : stepA
        // Rows that aren't there stand for the first one, and are thrown away.
        const row1 = count > 1 ? row : 0
        const row2 = count > 2 ? row + row : 0
        const row3 = count > 3 ? row + row + row : 0
        const from = first ? start + (<usize>j << 2) : to
        const rowFrom: usize = first ? 0 : rowC
        if (count == 4 && width == 8) {
          tile(k, left, row1, row2, row3, step, panel, panelRow, from, rowFrom, to, rowC, clamped, low, high)
        } else {
          const bytes = <usize>width << 2
          if (!first) for (let e = 0; e < count; e++) Lanes.copyNumbers(edge + (<usize>e << 5), to + <usize>e * rowC, bytes)
          tile(
            k, left, row1, row2, row3, step, panel, panelRow,
            first ? from : edge, first ? 0 : 32, edge, 32, clamped, low, high,
          )
          for (let e = 0; e < count; e++) Lanes.copyNumbers(to + <usize>e * rowC, edge + (<usize>e << 5), bytes)
        }
      }
    }
  }
}

/** k quadruples, of which `count` numbers are there. */
function packStrip(a: usize, stepA: usize, rowA: usize, k: i32, count: i32, to: usize): void {
  if (count == 4 && rowA == 4) {
    for (; k > 0; k--) {
      v128.store(to, v128.load(a))
      a += stepA
      to += 16
    }
  } else {
    for (; k > 0; k--) {
      for (let r = 0; r < count; r++) store<f32>(to + (<usize>r << 2), load<f32>(a + <usize>r * rowA))
      a += stepA
      to += 16
    }
  }
}
