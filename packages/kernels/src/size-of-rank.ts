import { select } from './select.ts'
import type { Side } from './signed-column.ts'

/** Up to this rank from an end, a list of the extremes kept in order beats selection. */
const longestList = 16

const list = new Int32Array(longestList + 1)
const size = new Float32Array(1)
const sizeBits = new Int32Array(size.buffer)
let copy = new Int32Array(128)

/** The size of rank `rank` on a side, counted from 0 at the smallest; 0 ≤ rank < count. */
export function sizeOfRank(side: Side, rank: number): number {
  const { bits, count } = side
  const fromTop = count - 1 - rank
  sizeBits[0] =
    rank <= fromTop && rank < longestList
      ? smallest(bits, count, rank)
      : fromTop < longestList
        ? largest(bits, count, fromTop)
        : selected(bits, count, rank)
  return size[0]!
}

function smallest(bits: Int32Array, count: number, rank: number): number {
  let worst = 0x7fffffff
  for (let k = 0; k <= rank; k++) list[k] = worst
  for (let j = 0; j < count; j++) {
    const value = bits[j]!
    if (value >= worst) continue
    let moving = value
    for (let k = 0; k <= rank; k++) {
      const kept = list[k]!
      const less = (moving - kept) & ((moving - kept) >> 31)
      list[k] = kept + less
      moving -= less
    }
    worst = list[rank]!
  }
  return worst
}

function largest(bits: Int32Array, count: number, fromTop: number): number {
  let worst = -1
  for (let k = 0; k <= fromTop; k++) list[k] = worst
  for (let j = 0; j < count; j++) {
    const value = bits[j]!
    if (value <= worst) continue
    let moving = value
    for (let k = 0; k <= fromTop; k++) {
      const kept = list[k]!
      const less = (kept - moving) & ((kept - moving) >> 31)
      list[k] = kept - less
      moving += less
    }
    worst = list[fromTop]!
  }
  return worst
}

function selected(bits: Int32Array, count: number, rank: number): number {
  if (copy.length < count) copy = new Int32Array(count)
  for (let j = 0; j < count; j++) copy[j] = bits[j]!
  return select(copy, 0, count - 1, rank)
}
