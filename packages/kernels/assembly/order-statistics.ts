import * as factored from './order-statistics/factored'
import * as formed from './order-statistics/formed'
import { Turned, turn } from './order-statistics/turned'

/*
 * Order statistics of the columns of m rows: four columns at a time, one in each lane. Their results are, bit for bit, those
 * of the TypeScript kernels. Every pointer is the caller's and a multiple of 16; the room to work in is as large as the
 * `…Bytes` functions say. `statistic` is 0 for the winsorized mean, 1 for the trimmed mean, 2 for the mean around the median.
 */

/** The size of the largest number, as bits: 0x7f800000 and more where one isn't finite. */
function largestSize(values: usize, count: i32): i32 {
  const sizes = i32x4.splat(0x7fffffff)
  let largest = i32x4.splat(0)
  const end = values + (usize(count & ~3) << 2)
  const last = values + (usize(count) << 2)
  for (; values < end; values += 16) largest = i32x4.max_s(largest, v128.and(v128.load(values), sizes))
  for (; values < last; values += 4) largest = i32x4.max_s(largest, v128.and(v128.load32_zero(values), sizes))
  return max(
    max(i32x4.extract_lane(largest, 0), i32x4.extract_lane(largest, 1)),
    max(i32x4.extract_lane(largest, 2), i32x4.extract_lane(largest, 3)),
  )
}

/** Whether the outer products of rows from…to are finite: their factors are, and so is the product of the largest sizes. */
function areFinite(activations: usize, deltas: usize, inputs: i32, outputs: i32, from: i32, to: i32): bool {
  for (let i: usize = from; i < usize(to); i++) {
    const a = largestSize(activations + ((i * inputs) << 2), inputs)
    const b = largestSize(deltas + ((i * outputs) << 2), outputs)
    const product = reinterpret<f32>(a) * reinterpret<f32>(b)
    if (a >= 0x7f800000 || b >= 0x7f800000 || !(product < Infinity)) return false
  }
  return true
}

/** Outputs, and rows, of a unit of {@link prepareFactored}: some 10 µs of 100 rows and 1,000 inputs. */
const outputsInUnit = 16
const rowsInUnit = 16

/** Bytes for the turned deltas that {@link prepareFactored} writes. */
export function turnedBytes(rows: i32, outputs: i32): usize {
  return Turned.bytes(rows, outputs)
}

/** How many units there are to {@link prepareFactored}. */
export function prepareUnits(rows: i32, outputs: i32): i32 {
  return unitsOf(outputs, outputsInUnit) + unitsOf(rows, rowsInUnit)
}

function unitsOf(total: i32, size: i32): i32 {
  return (total + size - 1) / size
}

/**
 * Units from…to of what comes before {@link reduceFactored}: the deltas are turned, some outputs at a time, and then the rows
 * are looked through. False where an outer product of a row isn't finite.
 */
export function prepareFactored(
  activations: usize,
  deltas: usize,
  rows: i32,
  inputs: i32,
  outputs: i32,
  turned: usize,
  from: i32,
  to: i32,
  _work: usize,
): bool {
  const ofOutputs = unitsOf(outputs, outputsInUnit)
  let finite = true
  for (let unit = from; unit < to; unit++) {
    if (unit < ofOutputs) {
      const b = unit * outputsInUnit
      turn(deltas, rows, outputs, turned, b, min(b + outputsInUnit, outputs))
    } else {
      const i = (unit - ofOutputs) * rowsInUnit
      finite = areFinite(activations, deltas, inputs, outputs, i, min(i + rowsInUnit, rows)) && finite
    }
  }
  return finite
}

/** Bytes that {@link reduceFactored} works in. */
export function factoredWorkBytes(rows: i32): usize {
  return factored.workBytes(rows)
}

/** The statistic of the columns of inputs from…to and all outputs, into `result` [inputs, outputs]. */
export function reduceFactored(
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
  factored.reduce(statistic, activations, rows, inputs, outputs, lower, upper, turned, result, from, to, work)
}

/** Bytes that {@link reduceFormed} works in. */
export function formedWorkBytes(rows: i32): usize {
  return formed.workBytes(rows)
}

/** The statistic of columns from…to, into `result` [columns]; false where a value of theirs isn't finite. */
export function reduceFormed(
  statistic: i32,
  values: usize,
  rows: i32,
  columns: i32,
  lower: i32,
  upper: i32,
  result: usize,
  from: i32,
  to: i32,
  work: usize,
): bool {
  return formed.reduce(statistic, values, rows, columns, lower, upper, result, from, to, work)
}
