import { columnsByTerms, packForTerms, prepareTerms, rowsByTerms } from './matrix-product/by-terms'
import { columnsByTiles, packForTiles, prepareStrips, rowsByTiles } from './matrix-product/by-tiles'
import { allFinite, countNonzeros } from './matrix-product/census'
import {
  columnsInBlock, columnsInPart, Job, mostRowsInPart, ownBytes, rowsShared, sharedBytes, startAt, termsInBlock,
} from './matrix-product/job'
import { Lanes } from './matrix-product/lanes'

/** How many bytes of scratch a product needs whatever the matrices: what its threads share, and what each has for itself. */
export function bytesShared(): usize {
  return sharedBytes
}

export function bytesOwn(): usize {
  return ownBytes
}

/**
 * Sets out a product of two matrices of float32 numbers:
 *
 *   c_rj = clamp(start_rj + Σᵢ a_ri · b_ij)
 *
 * Index legend: r of m rows, j of n columns, i of k terms. Row r of a lies at `a + r·rowA`, and its terms are `stepA` bytes
 * apart; row i of b at `b + i·rowB`, and its columns are `stepB` bytes apart: swap the two for a transposed matrix. The
 * columns of c are 4 bytes apart. `start` is c itself where `accumulated`, else the bias of n numbers at `bias`, else 0.
 * Clamps to [low, high] where `clamped`; NaN stays NaN.
 *
 * It is made block by block (`nextParts`), and a block part by part (`part`), in whatever order and by whatever thread:
 * the terms of each number are added in order, one by one, whichever way is taken. Zeros of a are skipped where there are
 * enough of them and all of b is finite, so that no 0·∞ is lost.
 */
export function begin(
  m: i32, n: i32, k: i32, a: usize, rowA: usize, stepA: usize, b: usize, rowB: usize, stepB: usize, c: usize, rowC: usize,
  bias: usize, accumulated: i32, clamped: i32, low: f32, high: f32, shared: usize,
): void {
  const job = changetype<Job>(shared)
  job.m = m
  job.n = n
  job.k = k
  job.a = a
  job.rowA = rowA
  job.stepA = stepA
  job.b = b
  job.rowB = rowB
  job.stepB = stepB
  job.c = c
  job.rowC = rowC
  job.bias = bias
  job.accumulated = accumulated
  job.clamped = clamped
  job.low = low
  job.high = high
  const few = m < 4
  const byTerms =
    n >= 16 &&
    (few ||
      (countNonzeros(a, rowA, stepA, m, k) < 0.7 * <f64>m * <f64>k && allFinite(b, rowB, stepB, k, n)))
  job.byTerms = byTerms
  job.all = few
  job.byColumns = m <= rowsShared && n > m
  job.inPlace = stepB == 4 && (byTerms ? 8 : 12) > m
  job.stripped = stepA != 4 && n > 32
  job.rowsInPart = m < 1024 ? 32 : mostRowsInPart
  job.rowsPrepared = stepA == 4 ? 8 : 16
  job.preparing = false
  const blocks = max(1, (k + termsInBlock - 1) / termsInBlock)
  job.depth = (k + blocks - 1) / blocks
  job.column = 0
  job.term = -1
}

/** Goes on to the parts that may be made next, all of them at once: how many there are, 0 after the last ones. */
export function nextParts(shared: usize): i32 {
  const job = changetype<Job>(shared)
  if (job.m == 0) return 0
  if (job.preparing) {
    job.preparing = false
    return (job.width + columnsInPart - 1) / columnsInPart
  }
  if (job.term < 0) job.term = 0
  else {
    job.term += job.depth
    if (job.depth == 0 || job.term >= job.k) {
      job.term = 0
      job.column += columnsInBlock
    }
  }
  const j = job.column
  const i = job.term
  if (j >= job.n) return 0
  const width = min(columnsInBlock, job.n - j)
  job.width = width
  job.terms = min(job.depth, job.k - i)
  job.first = i == 0 && !job.accumulated
  job.last = job.clamped && i + job.terms >= job.k
  job.left = job.a + <usize>i * job.stepA
  job.right = job.b + <usize>i * job.rowB + <usize>j * job.stepB
  job.to = job.c + (<usize>j << 2)
  if (i == 0) {
    const start = shared + startAt
    Lanes.clear(start, (<usize>(width & ~3) + 32) << 2)
    if (job.bias != 0) Lanes.copyNumbers(start, job.bias + (<usize>j << 2), <usize>width << 2)
  }
  if (job.byColumns) {
    job.preparing = job.byTerms || job.stripped
    if (job.preparing) return (job.m + job.rowsPrepared - 1) / job.rowsPrepared
    return (width + columnsInPart - 1) / columnsInPart
  }
  if (job.byTerms) packForTerms(job)
  else packForTiles(job)
  return (job.m + job.rowsInPart - 1) / job.rowsInPart
}

/** The parts from … to − 1 of those that `nextParts` has come to. `own` are `bytesOwn` bytes for this thread alone. */
export function part(shared: usize, from: i32, to: i32, own: usize): i32 {
  const job = changetype<Job>(shared)
  for (; from < to; from++) {
    if (job.preparing) {
      const r = from * job.rowsPrepared
      const height = min(job.rowsPrepared, job.m - r)
      if (job.byTerms) prepareTerms(job, r, height)
      else prepareStrips(job, r, height)
    } else if (job.byColumns) {
      const j = from * columnsInPart
      if (job.byTerms) columnsByTerms(job, j, own)
      else columnsByTiles(job, j, own)
    } else {
      const r = from * job.rowsInPart
      const height = min(job.rowsInPart, job.m - r)
      if (job.byTerms) rowsByTerms(job, r, height, own)
      else rowsByTiles(job, r, height, own)
    }
  }
  return 1
}

/** `begin` and all parts of all blocks, one after the other. */
export function multiply(
  m: i32, n: i32, k: i32, a: usize, rowA: usize, stepA: usize, b: usize, rowB: usize, stepB: usize, c: usize, rowC: usize,
  bias: usize, accumulated: i32, clamped: i32, low: f32, high: f32, shared: usize,
): void {
  begin(m, n, k, a, rowA, stepA, b, rowB, stepB, c, rowC, bias, accumulated, clamped, low, high, shared)
  for (let parts = nextParts(shared); parts > 0; parts = nextParts(shared)) part(shared, 0, parts, shared + sharedBytes)
}
