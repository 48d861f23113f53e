import { Lanes } from './lanes'

/**
 * Deltas [rows, outputs], turned, so that what one output needs lies side by side. For each output:
 *
 * - its deltas, in the order of the rows, a zero as +0, filled up with zeros to a multiple of four,
 * - the bits of its rows above and below zero, in 64-bit words: a word of the ones, a word of the others, and so on,
 * - how many there are of each,
 * - their records, filled up to a multiple of eight: where the row's vector lies, and the size of the delta. What fills up
 *   points behind the rows' vectors and has the size 0.
 */
export class Turned {
  @inline static words(rows: i32): usize {
    return usize((rows + 63) >> 6)
  }

  @inline static deltasBytes(rows: i32): usize {
    return usize((rows + 3) & ~3) << 2
  }

  @inline static recordsBytes(rows: i32): usize {
    return usize((rows + 7) & ~7) << 3
  }

  @inline static bytes(rows: i32, outputs: i32): usize {
    return (
      usize((outputs + 3) & ~3) * Turned.deltasBytes(rows) +
      usize(outputs) * ((Turned.words(rows) << 4) + 16 + 2 * Turned.recordsBytes(rows))
    )
  }

  @inline static deltas(turned: usize, rows: i32, output: usize): usize {
    return turned + output * Turned.deltasBytes(rows)
  }

  @inline static bits(turned: usize, rows: i32, outputs: i32, output: usize): usize {
    return turned + usize((outputs + 3) & ~3) * Turned.deltasBytes(rows) + output * (Turned.words(rows) << 4)
  }

  /** Two 32-bit numbers: how many rows are above zero, and how many below. */
  @inline static counts(turned: usize, rows: i32, outputs: i32, output: usize): usize {
    return Turned.bits(turned, rows, outputs, usize(outputs)) + (output << 4)
  }

  /** Side 0 is above zero, side 1 below. */
  @inline static records(turned: usize, rows: i32, outputs: i32, output: usize, side: usize): usize {
    return Turned.counts(turned, rows, outputs, usize(outputs)) + (output * 2 + side) * Turned.recordsBytes(rows)
  }
}

/** Turns the deltas of outputs from…to; four divides `from`, and `to` where it isn't the last. */
export function turn(deltas: usize, rows: i32, outputs: i32, turned: usize, from: i32, to: i32): void {
  turnNumbers(deltas, rows, outputs, turned, from, to)
  for (let b: usize = from; b < usize(to); b++) {
    const column = Turned.deltas(turned, rows, b)
    writeBits(column, rows, Turned.bits(turned, rows, outputs, b))
    writeRecords(
      column,
      rows,
      Turned.counts(turned, rows, outputs, b),
      Turned.records(turned, rows, outputs, b, 0),
      Turned.records(turned, rows, outputs, b, 1),
    )
  }
}

function turnNumbers(deltas: usize, rows: i32, outputs: i32, turned: usize, from: i32, to: i32): void {
  const step = usize(outputs) << 2
  const width = Turned.deltasBytes(rows)
  for (let b = from; b < to; b += 4) {
    const lanes = min(4, outputs - b)
    const column = turned + usize(b) * width
    for (let i = 0; i < rows; i++) {
      const at = deltas + usize(i) * step + (usize(b) << 2)
      Lanes.store(column + (usize(i) << 2), width, f32x4.add(Lanes.load(at, lanes), f32x4.splat(0)), 4)
    }
    for (let i = rows; (i & 3) !== 0; i++) Lanes.store(column + (usize(i) << 2), width, f32x4.splat(0), 4)
  }
}

function writeBits(column: usize, rows: i32, bits: usize): void {
  let above: u64 = 0
  let below: u64 = 0
  for (let i = 0; i < rows; i += 4) {
    const x = v128.load(column + (usize(i) << 2))
    above |= u64(i32x4.bitmask(f32x4.gt(x, f32x4.splat(0)))) << (i & 63)
    below |= u64(i32x4.bitmask(f32x4.lt(x, f32x4.splat(0)))) << (i & 63)
    if ((i & 63) === 60 || i + 4 >= rows) {
      store<u64>(bits, above)
      store<u64>(bits, below, 8)
      bits += 16
      above = 0
      below = 0
    }
  }
}

/** Signs cannot be predicted, so there is no branch: every record is written to both sides and kept by one or none. */
function writeRecords(column: usize, rows: i32, counts: usize, above: usize, below: usize): void {
  const startAbove = above
  const startBelow = below
  for (let i = 0; i < rows; i++) {
    const delta = load<i32>(column + (usize(i) << 2))
    const record = (u64(delta & 0x7fffffff) << 32) | (u64(i) << 4)
    const isBelow = u32(delta) >>> 31
    const isAbove = (u32(-delta) >>> 31) & (isBelow ^ 1)
    store<u64>(above, record)
    store<u64>(below, record)
    above += usize(isAbove) << 3
    below += usize(isBelow) << 3
  }
  store<i32>(counts, i32((above - startAbove) >> 3))
  store<i32>(counts, i32((below - startBelow) >> 3), 4)
  const none = u64(rows) << 4
  for (; ((above - startAbove) & 63) !== 0; above += 8) store<u64>(above, none)
  for (; ((below - startBelow) & 63) !== 0; below += 8) store<u64>(below, none)
}
