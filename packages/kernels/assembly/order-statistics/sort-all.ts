import { Lanes } from './lanes'
import { sortRuns } from './rank'

/**
 * Sorts n vectors, lane by lane, into `sorted`, which has room for the next power of two that is at least 16: runs of eight,
 * then pairs of sorted stretches laid head to tail and put in order, twice as long each time.
 */
export function sortAll(values: usize, n: i32, sorted: usize): void {
  let length = 16
  while (length < n) length <<= 1
  sortRuns<u32>(values, n, sorted)
  for (let i = (n + 7) & ~7; i < length; i++) v128.store(sorted + (usize(i) << 4), Lanes.least<u32>())
  const end = sorted + (usize(length) << 4)
  for (let half: usize = 128; sorted + half < end; half <<= 1) {
    for (let at = sorted; at < end; at += half << 1) mergeHeadToTail(at, half)
    for (let step = half >> 1; step >= 128; step >>= 1) {
      for (let at = sorted; at < end; at += step << 1) exchange(at, step)
    }
    mergeRuns(sorted, end)
  }
}

/** The lower of each pair goes to the first half, the higher to the second, the second being read from its end. */
function mergeHeadToTail(at: usize, half: usize): void {
  let last = at + (half << 1) - 16
  for (let i = at; i < at + half; i += 16) {
    const a = v128.load(i)
    const b = v128.load(last)
    v128.store(i, Lanes.lo<i32>(a, b))
    v128.store(last, Lanes.hi<i32>(a, b))
    last -= 16
  }
}

function exchange(at: usize, step: usize): void {
  for (let i = at; i < at + step; i += 16) {
    const a = v128.load(i)
    const b = v128.load(i + step)
    v128.store(i, Lanes.lo<i32>(a, b))
    v128.store(i + step, Lanes.hi<i32>(a, b))
  }
}

/** Puts each run of eight vectors that fall and then rise, or rise and then fall, in order. */
function mergeRuns(at: usize, end: usize): void {
  let x: v128
  for (; at < end; at += 128) {
    let t0 = v128.load(at, 0)
    let t1 = v128.load(at, 16)
    let t2 = v128.load(at, 32)
    let t3 = v128.load(at, 48)
    let t4 = v128.load(at, 64)
    let t5 = v128.load(at, 80)
    let t6 = v128.load(at, 96)
    let t7 = v128.load(at, 112)

    x = Lanes.lo<i32>(t0, t4); t4 = Lanes.hi<i32>(t0, t4); t0 = x
    x = Lanes.lo<i32>(t1, t5); t5 = Lanes.hi<i32>(t1, t5); t1 = x
    x = Lanes.lo<i32>(t2, t6); t6 = Lanes.hi<i32>(t2, t6); t2 = x
    x = Lanes.lo<i32>(t3, t7); t7 = Lanes.hi<i32>(t3, t7); t3 = x

    x = Lanes.lo<i32>(t0, t2); t2 = Lanes.hi<i32>(t0, t2); t0 = x
    x = Lanes.lo<i32>(t1, t3); t3 = Lanes.hi<i32>(t1, t3); t1 = x
    x = Lanes.lo<i32>(t4, t6); t6 = Lanes.hi<i32>(t4, t6); t4 = x
    x = Lanes.lo<i32>(t5, t7); t7 = Lanes.hi<i32>(t5, t7); t5 = x

    x = Lanes.lo<i32>(t0, t1); t1 = Lanes.hi<i32>(t0, t1); t0 = x
    x = Lanes.lo<i32>(t2, t3); t3 = Lanes.hi<i32>(t2, t3); t2 = x
    x = Lanes.lo<i32>(t4, t5); t5 = Lanes.hi<i32>(t4, t5); t4 = x
    x = Lanes.lo<i32>(t6, t7); t7 = Lanes.hi<i32>(t6, t7); t6 = x

    v128.store(at, t0, 0)
    v128.store(at, t1, 16)
    v128.store(at, t2, 32)
    v128.store(at, t3, 48)
    v128.store(at, t4, 64)
    v128.store(at, t5, 80)
    v128.store(at, t6, 96)
    v128.store(at, t7, 112)
  }
}
