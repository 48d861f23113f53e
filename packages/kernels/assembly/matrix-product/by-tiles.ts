import { columnsInPart, edgeAt, Job, roomAt, sharedRoomAt, startAt } from './job'
import { Lanes } from './lanes'
import { pack } from './pack'
import { tile } from './tile'

/** The strips of `height` rows from row r on, which 4 divides, for parts that are columns. */
export function prepareStrips(job: Job, r: i32, height: i32): void {
  packStrips(job, r, height, changetype<usize>(job) + sharedRoomAt + (<usize>r * <usize>job.terms << 2))
}

/** All columns of b, packed 8 by 8, for parts that are rows. */
export function packForTiles(job: Job): void {
  packPanels(job, 0, job.width, changetype<usize>(job) + sharedRoomAt)
}

/** `height` rows of a block from row r on, which 4 divides. */
export function rowsByTiles(job: Job, r: i32, height: i32, work: usize): void {
  const strips = work + roomAt
  if (job.stripped) packStrips(job, r, height, strips)
  tiles(job, r, height, strips, 0, job.width, changetype<usize>(job) + sharedRoomAt, work)
}

/** 32 columns of a block from column j on, or as many as there are. */
export function columnsByTiles(job: Job, j: i32, work: usize): void {
  const width = min(columnsInPart, job.width - j)
  packPanels(job, j, width, work + roomAt)
  tiles(job, 0, job.m, changetype<usize>(job) + sharedRoomAt, j, width, work + roomAt, work)
}

/** How many of `width` columns are read where they lie. */
function columnsInPlace(job: Job, width: i32): i32 { return job.inPlace ? width & ~7 : 0 }

function packPanels(job: Job, j: i32, width: i32, to: usize): void {
  for (let i = columnsInPlace(job, width); i < width; i += 8) {
    pack(job.right + <usize>(j + i) * job.stepB, job.rowB, job.stepB, job.terms, min(8, width - i), 8, to)
    to += <usize>job.terms << 5
  }
}

function packStrips(job: Job, r: i32, height: i32, to: usize): void {
  for (let s = 0; s < height; s += 4) {
    packStrip(job.left + <usize>(r + s) * job.rowA, job.stepA, job.rowA, job.terms, min(4, height - s), to)
    to += <usize>job.terms << 4
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

/** `height` rows from row r on times `width` columns from column j on: tiles of 4 rows × 8 columns. */
function tiles(job: Job, r: i32, height: i32, strips: usize, j: i32, width: i32, panels: usize, work: usize): void {
  const edge = work + edgeAt
  const start = changetype<usize>(job) + startAt
  const k = job.terms
  const stripped = job.stripped
  const first = job.first
  const clamped = <bool>job.last
  const low = job.low
  const high = job.high
  const rowC = job.rowC
  const row: usize = stripped ? 4 : job.rowA
  const step: usize = stripped ? 16 : job.stepA
  const left = stripped ? strips : job.left + <usize>r * job.rowA
  const leftBytes = stripped ? <usize>k << 4 : job.rowA << 2
  const whole = columnsInPlace(job, width)
  for (let i = 0; i < width; i += 8) {
    const columns = min(8, width - i)
    const panel = i < whole ? job.right + (<usize>(j + i) << 2) : panels + ((<usize>(i - whole) * <usize>k) << 2)
    const panelRow: usize = i < whole ? job.rowB : 32
    let a = left
    for (let s = 0; s < height; s += 4) {
      const count = min(4, height - s)
      const to = job.to + <usize>(r + s) * rowC + (<usize>(j + i) << 2)
      // Rows that aren't there stand for the first one, and are thrown away.
      const row1 = count > 1 ? row : 0
      const row2 = count > 2 ? row + row : 0
      const row3 = count > 3 ? row + row + row : 0
      const from = first ? start + (<usize>(j + i) << 2) : to
      const rowFrom: usize = first ? 0 : rowC
      if (count == 4 && columns == 8) {
        tile(k, a, row1, row2, row3, step, panel, panelRow, from, rowFrom, to, rowC, clamped, low, high)
      } else {
        const bytes = <usize>columns << 2
        if (!first) for (let e = 0; e < count; e++) Lanes.copyNumbers(edge + (<usize>e << 5), to + <usize>e * rowC, bytes)
        tile(
          k, a, row1, row2, row3, step, panel, panelRow, first ? from : edge, first ? 0 : 32, edge, 32, clamped, low, high,
        )
        for (let e = 0; e < count; e++) Lanes.copyNumbers(to + <usize>e * rowC, edge + (<usize>e << 5), bytes)
      }
      a += leftBytes
    }
  }
}
