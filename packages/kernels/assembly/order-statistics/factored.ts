import { reduceOne } from './factored-one'
import { reduceBySums } from './factored-sums'
import { Work } from './factored-work'
import { Lanes } from './lanes'
import { isOfBounds, winsorized } from './means'
import { Turned } from './turned'

export function workBytes(rows: i32): usize {
  return Work.bytes(rows)
}

/**
 * The statistic of the columns of inputs from…to and all outputs, into `result` [inputs, outputs].
 *
 * Lanes are four inputs; the rows of an output are taken apart by the sign of their delta. As long as no activation is
 * below zero, as after a ReLU, all lanes of a row lie on the same side of zero: each row goes to one side only.
 */
export function reduce(
  statistic: i32,
  activations: usize,
  rows: i32,
  inputs: i32,
  outputs: i32,
  lower: i32,
  upper: i32,
  turned: usize,
  result: usize,
  from: i32,
  to: i32,
  work: usize,
): void {
  const outside = rows - 1 - upper
  const ofSums = statistic === winsorized && !isOfBounds(statistic, lower, upper)
  const step = usize(outputs) << 2
  memory.fill(result + usize(from) * step, 0, usize(to - from) * step)
  for (let a = from; a < to; a += 4) {
    const lanes = min(4, to - a)
    const signed = pack(activations + (usize(a) << 2), rows, inputs, lanes, work)
    const visited = countVisited(rows, work)
    if (visited <= lower && visited <= outside) continue
    const tile = result + usize(a) * step
    if (ofSums && !signed) {
      reduceBySums(rows, outputs, lower, upper, turned, visited, tile, lanes, work)
    } else {
      for (let b: usize = 0; b < usize(outputs); b++) {
        const mean = reduceOne(statistic, signed, rows, outputs, lower, upper, turned, b, work)
        Lanes.store(tile + (b << 2), step, mean, lanes)
      }
    }
  }
}

/**
 * Four activations of each row side by side, a zero as +0, and the bits of the rows that have one that isn't zero.
 *
 * @returns whether one is below zero
 */
function pack(activations: usize, rows: i32, inputs: i32, lanes: i32, work: usize): bool {
  let visited = Work.visited(work)
  const packed = Work.packed(work, rows)
  let negative = i32x4.splat(0)
  let word: u64 = 0
  for (let i = 0; i < rows; i++) {
    const x = f32x4.add(Lanes.load(activations, lanes), f32x4.splat(0))
    v128.store(packed + (usize(i) << 4), x)
    negative = v128.or(negative, x)
    word |= u64(v128.any_true(x)) << (i & 63)
    if ((i & 63) === 63 || i === rows - 1) {
      store<u64>(visited, word)
      visited += 8
      word = 0
    }
    activations += usize(inputs) << 2
  }
  v128.store(packed + (usize(rows) << 4), f32x4.splat(0))
  return i32x4.bitmask(negative) !== 0
}

function countVisited(rows: i32, work: usize): i32 {
  let count: u64 = 0
  for (let w: usize = 0; w < Turned.words(rows); w++) count += popcnt(load<u64>(Work.visited(work) + (w << 3)))
  return i32(count)
}
