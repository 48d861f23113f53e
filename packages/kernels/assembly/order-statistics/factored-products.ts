import { Work } from './factored-work'
import { Lanes } from './lanes'

/** Sizes of the products of the rows that are visited and have their bit at `bits`; with `both`, or at `bits + 8`, the products. */
export function gather(bits: usize, both: i32, words: usize, deltas: usize, work: usize, rows: i32, to: usize): void {
  let packed = Work.packed(work, rows)
  const kept = i32x4.splat(both ? -1 : 0x7fffffff)
  for (let w: usize = 0; w < words; w++) {
    let left = load<u64>(bits + (w << 4))
    if (both) left |= load<u64>(bits + (w << 4), 8)
    left &= load<u64>(work + (w << 3))
    while (left !== 0) {
      const i = usize(ctz(left))
      left &= left - 1
      v128.store(to, v128.and(f32x4.mul(v128.load(packed + (i << 4)), v128.load32_splat(deltas + (i << 2))), kept))
      to += 16
    }
    packed += 1024
    deltas += 256
  }
}

/** As `multiply`, and the value of rank `rank` < 3 from the highest. `count` is a multiple of four. */
export function multiplyFew(records: usize, count: i32, packed: usize, rank: i32, to: usize): v128 {
  if (rank === 2) return multiplyThree(records, count, packed, to)
  let a = i32x4.splat(0)
  let b = a
  let x: v128
  let y: v128
  const end = records + (usize(count) << 3)
  for (; records < end; records += 32) {
    x = f32x4.mul(v128.load(packed + load<u32>(records, 0)), v128.load32_splat(records, 4))
    v128.store(to, x, 0)
    y = Lanes.lo<i32>(a, x); a = Lanes.hi<i32>(a, x)
    b = Lanes.hi<i32>(b, y)

    x = f32x4.mul(v128.load(packed + load<u32>(records, 8)), v128.load32_splat(records, 12))
    v128.store(to, x, 16)
    y = Lanes.lo<i32>(a, x); a = Lanes.hi<i32>(a, x)
    b = Lanes.hi<i32>(b, y)

    x = f32x4.mul(v128.load(packed + load<u32>(records, 16)), v128.load32_splat(records, 20))
    v128.store(to, x, 32)
    y = Lanes.lo<i32>(a, x); a = Lanes.hi<i32>(a, x)
    b = Lanes.hi<i32>(b, y)

    x = f32x4.mul(v128.load(packed + load<u32>(records, 24)), v128.load32_splat(records, 28))
    v128.store(to, x, 48)
    y = Lanes.lo<i32>(a, x); a = Lanes.hi<i32>(a, x)
    b = Lanes.hi<i32>(b, y)
    to += 64
  }
  return rank === 0 ? a : b
}

/** The third highest. */
function multiplyThree(records: usize, count: i32, packed: usize, to: usize): v128 {
  let a = i32x4.splat(0)
  let b = a
  let c = a
  let x: v128
  let y: v128
  const end = records + (usize(count) << 3)
  for (; records < end; records += 32) {
    x = f32x4.mul(v128.load(packed + load<u32>(records, 0)), v128.load32_splat(records, 4))
    v128.store(to, x, 0)
    y = Lanes.lo<i32>(a, x); a = Lanes.hi<i32>(a, x)
    c = Lanes.hi<i32>(c, Lanes.lo<i32>(b, y))
    b = Lanes.hi<i32>(b, y)

    x = f32x4.mul(v128.load(packed + load<u32>(records, 8)), v128.load32_splat(records, 12))
    v128.store(to, x, 16)
    y = Lanes.lo<i32>(a, x); a = Lanes.hi<i32>(a, x)
    c = Lanes.hi<i32>(c, Lanes.lo<i32>(b, y))
    b = Lanes.hi<i32>(b, y)

    x = f32x4.mul(v128.load(packed + load<u32>(records, 16)), v128.load32_splat(records, 20))
    v128.store(to, x, 32)
    y = Lanes.lo<i32>(a, x); a = Lanes.hi<i32>(a, x)
    c = Lanes.hi<i32>(c, Lanes.lo<i32>(b, y))
    b = Lanes.hi<i32>(b, y)

    x = f32x4.mul(v128.load(packed + load<u32>(records, 24)), v128.load32_splat(records, 28))
    v128.store(to, x, 48)
    y = Lanes.lo<i32>(a, x); a = Lanes.hi<i32>(a, x)
    c = Lanes.hi<i32>(c, Lanes.lo<i32>(b, y))
    b = Lanes.hi<i32>(b, y)
    to += 64
  }
  return c
}

/** As `gather` for one side, filled up with zeros, and the value of rank `rank` < 3 from the highest. */
export function gatherFew(
  bits: usize,
  words: usize,
  deltas: usize,
  work: usize,
  rows: i32,
  rank: i32,
  count: i32,
  to: usize,
): v128 {
  let packed = Work.packed(work, rows)
  let a = i32x4.splat(0)
  let b = a
  let c = a
  const end = to + (usize(count) << 4)
  for (let i: usize = 0; i < 128; i += 16) v128.store(end + i, f32x4.splat(0))
  for (let w: usize = 0; w < words; w++) {
    let left = load<u64>(bits + (w << 4)) & load<u64>(work + (w << 3))
    while (left !== 0) {
      const i = usize(ctz(left))
      left &= left - 1
      const x = f32x4.abs(f32x4.mul(v128.load(packed + (i << 4)), v128.load32_splat(deltas + (i << 2))))
      v128.store(to, x)
      to += 16
      const y = Lanes.lo<i32>(a, x)
      a = Lanes.hi<i32>(a, x)
      if (rank > 1) c = Lanes.hi<i32>(c, Lanes.lo<i32>(b, y))
      b = Lanes.hi<i32>(b, y)
    }
    packed += 1024
    deltas += 256
  }
  return rank === 0 ? a : rank === 1 ? b : c
}

/** Appends zeros as far as the next multiple of eight, and further. */
export function fillUp(values: usize, count: i32): void {
  const end = values + (usize(count) << 4)
  for (let i: usize = 0; i < 128; i += 16) v128.store(end + i, f32x4.splat(0))
}

/** The products of a side's records. */
export function multiply(records: usize, count: i32, packed: usize, to: usize): void {
  const end = records + (usize(count) << 3)
  for (; records < end; records += 8) {
    v128.store(to, f32x4.mul(v128.load(packed + load<u32>(records)), v128.load32_splat(records, 4)))
    to += 16
  }
}
