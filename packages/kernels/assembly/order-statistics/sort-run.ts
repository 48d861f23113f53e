import { Lanes } from './lanes'

/**
 * Sorts eight vectors, lane by lane, by the network with the fewest exchanges (19).
 *
 * @param from where they are; @param to where they go, which may be the same place
 */
export function sortRun(from: usize, to: usize): void {
  let r0 = v128.load(from, 0)
  let r1 = v128.load(from, 16)
  let r2 = v128.load(from, 32)
  let r3 = v128.load(from, 48)
  let r4 = v128.load(from, 64)
  let r5 = v128.load(from, 80)
  let r6 = v128.load(from, 96)
  let r7 = v128.load(from, 112)
  let x: v128

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
}
