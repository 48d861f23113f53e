import { Lanes } from './lanes'

/*
 * Runs of eight vectors are sorted, lane by lane, by the network with the fewest exchanges (19).
 */

/** Sorts each run of eight among `count` vectors, a multiple of eight. `to` may be where they are. */
export function sortWholeRuns(from: usize, count: i32, to: usize): void {
  let x: v128
  const end = from + (usize(count) << 4)
  while (from < end) {
    let r0 = v128.load(from, 0)
    let r1 = v128.load(from, 16)
    let r2 = v128.load(from, 32)
    let r3 = v128.load(from, 48)
    let r4 = v128.load(from, 64)
    let r5 = v128.load(from, 80)
    let r6 = v128.load(from, 96)
    let r7 = v128.load(from, 112)

    x = Lanes.lo<i32>(r0, r2); r2 = Lanes.hi<i32>(r0, r2); r0 = x
    x = Lanes.lo<i32>(r1, r3); r3 = Lanes.hi<i32>(r1, r3); r1 = x
    x = Lanes.lo<i32>(r4, r6); r6 = Lanes.hi<i32>(r4, r6); r4 = x
    x = Lanes.lo<i32>(r5, r7); r7 = Lanes.hi<i32>(r5, r7); r5 = x

    x = Lanes.lo<i32>(r0, r4); r4 = Lanes.hi<i32>(r0, r4); r0 = x
    x = Lanes.lo<i32>(r1, r5); r5 = Lanes.hi<i32>(r1, r5); r1 = x
    x = Lanes.lo<i32>(r2, r6); r6 = Lanes.hi<i32>(r2, r6); r2 = x
    x = Lanes.lo<i32>(r3, r7); r7 = Lanes.hi<i32>(r3, r7); r3 = x

    x = Lanes.lo<i32>(r0, r1); r1 = Lanes.hi<i32>(r0, r1); r0 = x
    x = Lanes.lo<i32>(r2, r3); r3 = Lanes.hi<i32>(r2, r3); r2 = x
    x = Lanes.lo<i32>(r4, r5); r5 = Lanes.hi<i32>(r4, r5); r4 = x
    x = Lanes.lo<i32>(r6, r7); r7 = Lanes.hi<i32>(r6, r7); r6 = x

    x = Lanes.lo<i32>(r2, r4); r4 = Lanes.hi<i32>(r2, r4); r2 = x
    x = Lanes.lo<i32>(r3, r5); r5 = Lanes.hi<i32>(r3, r5); r3 = x

    x = Lanes.lo<i32>(r1, r4); r4 = Lanes.hi<i32>(r1, r4); r1 = x
    x = Lanes.lo<i32>(r3, r6); r6 = Lanes.hi<i32>(r3, r6); r3 = x

    x = Lanes.lo<i32>(r1, r2); r2 = Lanes.hi<i32>(r1, r2); r1 = x
    x = Lanes.lo<i32>(r3, r4); r4 = Lanes.hi<i32>(r3, r4); r3 = x
    x = Lanes.lo<i32>(r5, r6); r6 = Lanes.hi<i32>(r5, r6); r5 = x

    v128.store(to, r0, 0)
    v128.store(to, r1, 16)
    v128.store(to, r2, 32)
    v128.store(to, r3, 48)
    v128.store(to, r4, 64)
    v128.store(to, r5, 80)
    v128.store(to, r6, 96)
    v128.store(to, r7, 112)
    from += 128
    to += 128
  }
}

/**
 * `count` products, a multiple of eight, in sorted runs into `to`. A factor is a number at `factors`; before it stands how far
 * from `vectors` the vector lies that it multiplies.
 */
export function sortProducts(factors: usize, count: i32, vectors: usize, to: usize): void {
  let x: v128
  const end = factors + (usize(count) << 3)
  while (factors < end) {
    let r0 = f32x4.mul(v128.load(vectors + load<u32>(factors, 0)), v128.load32_splat(factors, 4))
    let r1 = f32x4.mul(v128.load(vectors + load<u32>(factors, 8)), v128.load32_splat(factors, 12))
    let r2 = f32x4.mul(v128.load(vectors + load<u32>(factors, 16)), v128.load32_splat(factors, 20))
    let r3 = f32x4.mul(v128.load(vectors + load<u32>(factors, 24)), v128.load32_splat(factors, 28))
    let r4 = f32x4.mul(v128.load(vectors + load<u32>(factors, 32)), v128.load32_splat(factors, 36))
    let r5 = f32x4.mul(v128.load(vectors + load<u32>(factors, 40)), v128.load32_splat(factors, 44))
    let r6 = f32x4.mul(v128.load(vectors + load<u32>(factors, 48)), v128.load32_splat(factors, 52))
    let r7 = f32x4.mul(v128.load(vectors + load<u32>(factors, 56)), v128.load32_splat(factors, 60))

    x = Lanes.lo<i32>(r0, r2); r2 = Lanes.hi<i32>(r0, r2); r0 = x
    x = Lanes.lo<i32>(r1, r3); r3 = Lanes.hi<i32>(r1, r3); r1 = x
    x = Lanes.lo<i32>(r4, r6); r6 = Lanes.hi<i32>(r4, r6); r4 = x
    x = Lanes.lo<i32>(r5, r7); r7 = Lanes.hi<i32>(r5, r7); r5 = x

    x = Lanes.lo<i32>(r0, r4); r4 = Lanes.hi<i32>(r0, r4); r0 = x
    x = Lanes.lo<i32>(r1, r5); r5 = Lanes.hi<i32>(r1, r5); r1 = x
    x = Lanes.lo<i32>(r2, r6); r6 = Lanes.hi<i32>(r2, r6); r2 = x
    x = Lanes.lo<i32>(r3, r7); r7 = Lanes.hi<i32>(r3, r7); r3 = x

    x = Lanes.lo<i32>(r0, r1); r1 = Lanes.hi<i32>(r0, r1); r0 = x
    x = Lanes.lo<i32>(r2, r3); r3 = Lanes.hi<i32>(r2, r3); r2 = x
    x = Lanes.lo<i32>(r4, r5); r5 = Lanes.hi<i32>(r4, r5); r4 = x
    x = Lanes.lo<i32>(r6, r7); r7 = Lanes.hi<i32>(r6, r7); r6 = x

    x = Lanes.lo<i32>(r2, r4); r4 = Lanes.hi<i32>(r2, r4); r2 = x
    x = Lanes.lo<i32>(r3, r5); r5 = Lanes.hi<i32>(r3, r5); r3 = x

    x = Lanes.lo<i32>(r1, r4); r4 = Lanes.hi<i32>(r1, r4); r1 = x
    x = Lanes.lo<i32>(r3, r6); r6 = Lanes.hi<i32>(r3, r6); r3 = x

    x = Lanes.lo<i32>(r1, r2); r2 = Lanes.hi<i32>(r1, r2); r1 = x
    x = Lanes.lo<i32>(r3, r4); r4 = Lanes.hi<i32>(r3, r4); r3 = x
    x = Lanes.lo<i32>(r5, r6); r6 = Lanes.hi<i32>(r5, r6); r5 = x

    v128.store(to, r0, 0)
    v128.store(to, r1, 16)
    v128.store(to, r2, 32)
    v128.store(to, r3, 48)
    v128.store(to, r4, 64)
    v128.store(to, r5, 80)
    v128.store(to, r6, 96)
    v128.store(to, r7, 112)
    factors += 64
    to += 128
  }
}
