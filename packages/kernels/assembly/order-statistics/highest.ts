import { Lanes } from './lanes'

/*
 * A sorted list of the highest so far takes in one sorted run of eight after the other. The list and the run are laid head
 * to tail; the higher of each pair are what is kept. They fall and then rise, so half as many exchanges as for sorting put
 * them in order. `end` is where the runs end; behind it is room for the list.
 */

/** The value of rank `rank` from the highest of the runs; rank < 5. */
export function highest5<Order>(runs: usize, end: usize, rank: i32): v128 {
  let t0 = Lanes.ofRun<Order>(runs, 3)
  let t1 = Lanes.ofRun<Order>(runs, 4)
  let t2 = Lanes.ofRun<Order>(runs, 5)
  let t3 = Lanes.ofRun<Order>(runs, 6)
  let t4 = Lanes.ofRun<Order>(runs, 7)
  let x: v128
  for (let run = runs + 128; run < end; run += 128) {
    t0 = Lanes.hi<Order>(t0, Lanes.ofRun<Order>(run, 7))
    t1 = Lanes.hi<Order>(t1, Lanes.ofRun<Order>(run, 6))
    t2 = Lanes.hi<Order>(t2, Lanes.ofRun<Order>(run, 5))
    t3 = Lanes.hi<Order>(t3, Lanes.ofRun<Order>(run, 4))
    t4 = Lanes.hi<Order>(t4, Lanes.ofRun<Order>(run, 3))

    x = Lanes.lo<Order>(t0, t4); t4 = Lanes.hi<Order>(t0, t4); t0 = x

    x = Lanes.lo<Order>(t0, t2); t2 = Lanes.hi<Order>(t0, t2); t0 = x
    x = Lanes.lo<Order>(t1, t3); t3 = Lanes.hi<Order>(t1, t3); t1 = x

    x = Lanes.lo<Order>(t0, t1); t1 = Lanes.hi<Order>(t0, t1); t0 = x
    x = Lanes.lo<Order>(t2, t3); t3 = Lanes.hi<Order>(t2, t3); t2 = x
  }
  v128.store(end, t0, 0)
  v128.store(end, t1, 16)
  v128.store(end, t2, 32)
  v128.store(end, t3, 48)
  v128.store(end, t4, 64)
  return v128.load(end + ((4 - rank) << 4))
}

/** The same for rank < 8. */
export function highest8<Order>(runs: usize, end: usize, rank: i32): v128 {
  let t0 = Lanes.ofRun<Order>(runs, 0)
  let t1 = Lanes.ofRun<Order>(runs, 1)
  let t2 = Lanes.ofRun<Order>(runs, 2)
  let t3 = Lanes.ofRun<Order>(runs, 3)
  let t4 = Lanes.ofRun<Order>(runs, 4)
  let t5 = Lanes.ofRun<Order>(runs, 5)
  let t6 = Lanes.ofRun<Order>(runs, 6)
  let t7 = Lanes.ofRun<Order>(runs, 7)
  let x: v128
  for (let run = runs + 128; run < end; run += 128) {
    t0 = Lanes.hi<Order>(t0, Lanes.ofRun<Order>(run, 7))
    t1 = Lanes.hi<Order>(t1, Lanes.ofRun<Order>(run, 6))
    t2 = Lanes.hi<Order>(t2, Lanes.ofRun<Order>(run, 5))
    t3 = Lanes.hi<Order>(t3, Lanes.ofRun<Order>(run, 4))
    t4 = Lanes.hi<Order>(t4, Lanes.ofRun<Order>(run, 3))
    t5 = Lanes.hi<Order>(t5, Lanes.ofRun<Order>(run, 2))
    t6 = Lanes.hi<Order>(t6, Lanes.ofRun<Order>(run, 1))
    t7 = Lanes.hi<Order>(t7, Lanes.ofRun<Order>(run, 0))

    x = Lanes.lo<Order>(t0, t4); t4 = Lanes.hi<Order>(t0, t4); t0 = x
    x = Lanes.lo<Order>(t1, t5); t5 = Lanes.hi<Order>(t1, t5); t1 = x
    x = Lanes.lo<Order>(t2, t6); t6 = Lanes.hi<Order>(t2, t6); t2 = x
    x = Lanes.lo<Order>(t3, t7); t7 = Lanes.hi<Order>(t3, t7); t3 = x

    x = Lanes.lo<Order>(t0, t2); t2 = Lanes.hi<Order>(t0, t2); t0 = x
    x = Lanes.lo<Order>(t1, t3); t3 = Lanes.hi<Order>(t1, t3); t1 = x
    x = Lanes.lo<Order>(t4, t6); t6 = Lanes.hi<Order>(t4, t6); t4 = x
    x = Lanes.lo<Order>(t5, t7); t7 = Lanes.hi<Order>(t5, t7); t5 = x

    x = Lanes.lo<Order>(t0, t1); t1 = Lanes.hi<Order>(t0, t1); t0 = x
    x = Lanes.lo<Order>(t2, t3); t3 = Lanes.hi<Order>(t2, t3); t2 = x
    x = Lanes.lo<Order>(t4, t5); t5 = Lanes.hi<Order>(t4, t5); t4 = x
    x = Lanes.lo<Order>(t6, t7); t7 = Lanes.hi<Order>(t6, t7); t6 = x
  }
  v128.store(end, t0, 0)
  v128.store(end, t1, 16)
  v128.store(end, t2, 32)
  v128.store(end, t3, 48)
  v128.store(end, t4, 64)
  v128.store(end, t5, 80)
  v128.store(end, t6, 96)
  v128.store(end, t7, 112)
  return v128.load(end + ((7 - rank) << 4))
}

/** The same for rank 8, of at least two runs. With the last run, all that is wanted is the lowest of what is kept. */
export function ninth<Order>(runs: usize, end: usize): v128 {
  const last = end - 128
  let t0 = Lanes.least<Order>()
  let t1 = Lanes.ofRun<Order>(runs, 0)
  let t2 = Lanes.ofRun<Order>(runs, 1)
  let t3 = Lanes.ofRun<Order>(runs, 2)
  let t4 = Lanes.ofRun<Order>(runs, 3)
  let t5 = Lanes.ofRun<Order>(runs, 4)
  let t6 = Lanes.ofRun<Order>(runs, 5)
  let t7 = Lanes.ofRun<Order>(runs, 6)
  let t8 = Lanes.ofRun<Order>(runs, 7)
  let x: v128
  for (let run = runs + 128; run < last; run += 128) {
    t0 = Lanes.hi<Order>(t0, Lanes.ofRun<Order>(run, 7))
    t1 = Lanes.hi<Order>(t1, Lanes.ofRun<Order>(run, 6))
    t2 = Lanes.hi<Order>(t2, Lanes.ofRun<Order>(run, 5))
    t3 = Lanes.hi<Order>(t3, Lanes.ofRun<Order>(run, 4))
    t4 = Lanes.hi<Order>(t4, Lanes.ofRun<Order>(run, 3))
    t5 = Lanes.hi<Order>(t5, Lanes.ofRun<Order>(run, 2))
    t6 = Lanes.hi<Order>(t6, Lanes.ofRun<Order>(run, 1))
    t7 = Lanes.hi<Order>(t7, Lanes.ofRun<Order>(run, 0))

    x = Lanes.lo<Order>(t0, t8); t8 = Lanes.hi<Order>(t0, t8); t0 = x

    x = Lanes.lo<Order>(t0, t4); t4 = Lanes.hi<Order>(t0, t4); t0 = x
    x = Lanes.lo<Order>(t1, t5); t5 = Lanes.hi<Order>(t1, t5); t1 = x
    x = Lanes.lo<Order>(t2, t6); t6 = Lanes.hi<Order>(t2, t6); t2 = x
    x = Lanes.lo<Order>(t3, t7); t7 = Lanes.hi<Order>(t3, t7); t3 = x

    x = Lanes.lo<Order>(t0, t2); t2 = Lanes.hi<Order>(t0, t2); t0 = x
    x = Lanes.lo<Order>(t1, t3); t3 = Lanes.hi<Order>(t1, t3); t1 = x
    x = Lanes.lo<Order>(t4, t6); t6 = Lanes.hi<Order>(t4, t6); t4 = x
    x = Lanes.lo<Order>(t5, t7); t7 = Lanes.hi<Order>(t5, t7); t5 = x

    x = Lanes.lo<Order>(t0, t1); t1 = Lanes.hi<Order>(t0, t1); t0 = x
    x = Lanes.lo<Order>(t2, t3); t3 = Lanes.hi<Order>(t2, t3); t2 = x
    x = Lanes.lo<Order>(t4, t5); t5 = Lanes.hi<Order>(t4, t5); t4 = x
    x = Lanes.lo<Order>(t6, t7); t7 = Lanes.hi<Order>(t6, t7); t6 = x
  }
  t0 = Lanes.hi<Order>(t0, Lanes.ofRun<Order>(last, 7))
  t1 = Lanes.hi<Order>(t1, Lanes.ofRun<Order>(last, 6))
  t2 = Lanes.hi<Order>(t2, Lanes.ofRun<Order>(last, 5))
  t3 = Lanes.hi<Order>(t3, Lanes.ofRun<Order>(last, 4))
  t4 = Lanes.hi<Order>(t4, Lanes.ofRun<Order>(last, 3))
  t5 = Lanes.hi<Order>(t5, Lanes.ofRun<Order>(last, 2))
  t6 = Lanes.hi<Order>(t6, Lanes.ofRun<Order>(last, 1))
  t7 = Lanes.hi<Order>(t7, Lanes.ofRun<Order>(last, 0))
  t0 = Lanes.lo<Order>(Lanes.lo<Order>(t0, t1), Lanes.lo<Order>(t2, t3))
  t4 = Lanes.lo<Order>(Lanes.lo<Order>(t4, t5), Lanes.lo<Order>(t6, t7))
  return Lanes.lo<Order>(Lanes.lo<Order>(t0, t4), t8)
}

/** The same for rank < 16. */
export function highest16<Order>(runs: usize, end: usize, rank: i32): v128 {
  let t0 = Lanes.least<Order>()
  let t1 = Lanes.least<Order>()
  let t2 = Lanes.least<Order>()
  let t3 = Lanes.least<Order>()
  let t4 = Lanes.least<Order>()
  let t5 = Lanes.least<Order>()
  let t6 = Lanes.least<Order>()
  let t7 = Lanes.least<Order>()
  let t8 = Lanes.ofRun<Order>(runs, 0)
  let t9 = Lanes.ofRun<Order>(runs, 1)
  let t10 = Lanes.ofRun<Order>(runs, 2)
  let t11 = Lanes.ofRun<Order>(runs, 3)
  let t12 = Lanes.ofRun<Order>(runs, 4)
  let t13 = Lanes.ofRun<Order>(runs, 5)
  let t14 = Lanes.ofRun<Order>(runs, 6)
  let t15 = Lanes.ofRun<Order>(runs, 7)
  let x: v128
  for (let run = runs + 128; run < end; run += 128) {
    t0 = Lanes.hi<Order>(t0, Lanes.ofRun<Order>(run, 7))
    t1 = Lanes.hi<Order>(t1, Lanes.ofRun<Order>(run, 6))
    t2 = Lanes.hi<Order>(t2, Lanes.ofRun<Order>(run, 5))
    t3 = Lanes.hi<Order>(t3, Lanes.ofRun<Order>(run, 4))
    t4 = Lanes.hi<Order>(t4, Lanes.ofRun<Order>(run, 3))
    t5 = Lanes.hi<Order>(t5, Lanes.ofRun<Order>(run, 2))
    t6 = Lanes.hi<Order>(t6, Lanes.ofRun<Order>(run, 1))
    t7 = Lanes.hi<Order>(t7, Lanes.ofRun<Order>(run, 0))

    x = Lanes.lo<Order>(t0, t8); t8 = Lanes.hi<Order>(t0, t8); t0 = x
    x = Lanes.lo<Order>(t1, t9); t9 = Lanes.hi<Order>(t1, t9); t1 = x
    x = Lanes.lo<Order>(t2, t10); t10 = Lanes.hi<Order>(t2, t10); t2 = x
    x = Lanes.lo<Order>(t3, t11); t11 = Lanes.hi<Order>(t3, t11); t3 = x
    x = Lanes.lo<Order>(t4, t12); t12 = Lanes.hi<Order>(t4, t12); t4 = x
    x = Lanes.lo<Order>(t5, t13); t13 = Lanes.hi<Order>(t5, t13); t5 = x
    x = Lanes.lo<Order>(t6, t14); t14 = Lanes.hi<Order>(t6, t14); t6 = x
    x = Lanes.lo<Order>(t7, t15); t15 = Lanes.hi<Order>(t7, t15); t7 = x

    x = Lanes.lo<Order>(t0, t4); t4 = Lanes.hi<Order>(t0, t4); t0 = x
    x = Lanes.lo<Order>(t1, t5); t5 = Lanes.hi<Order>(t1, t5); t1 = x
    x = Lanes.lo<Order>(t2, t6); t6 = Lanes.hi<Order>(t2, t6); t2 = x
    x = Lanes.lo<Order>(t3, t7); t7 = Lanes.hi<Order>(t3, t7); t3 = x
    x = Lanes.lo<Order>(t8, t12); t12 = Lanes.hi<Order>(t8, t12); t8 = x
    x = Lanes.lo<Order>(t9, t13); t13 = Lanes.hi<Order>(t9, t13); t9 = x
    x = Lanes.lo<Order>(t10, t14); t14 = Lanes.hi<Order>(t10, t14); t10 = x
    x = Lanes.lo<Order>(t11, t15); t15 = Lanes.hi<Order>(t11, t15); t11 = x

    x = Lanes.lo<Order>(t0, t2); t2 = Lanes.hi<Order>(t0, t2); t0 = x
    x = Lanes.lo<Order>(t1, t3); t3 = Lanes.hi<Order>(t1, t3); t1 = x
    x = Lanes.lo<Order>(t4, t6); t6 = Lanes.hi<Order>(t4, t6); t4 = x
    x = Lanes.lo<Order>(t5, t7); t7 = Lanes.hi<Order>(t5, t7); t5 = x
    x = Lanes.lo<Order>(t8, t10); t10 = Lanes.hi<Order>(t8, t10); t8 = x
    x = Lanes.lo<Order>(t9, t11); t11 = Lanes.hi<Order>(t9, t11); t9 = x
    x = Lanes.lo<Order>(t12, t14); t14 = Lanes.hi<Order>(t12, t14); t12 = x
    x = Lanes.lo<Order>(t13, t15); t15 = Lanes.hi<Order>(t13, t15); t13 = x

    x = Lanes.lo<Order>(t0, t1); t1 = Lanes.hi<Order>(t0, t1); t0 = x
    x = Lanes.lo<Order>(t2, t3); t3 = Lanes.hi<Order>(t2, t3); t2 = x
    x = Lanes.lo<Order>(t4, t5); t5 = Lanes.hi<Order>(t4, t5); t4 = x
    x = Lanes.lo<Order>(t6, t7); t7 = Lanes.hi<Order>(t6, t7); t6 = x
    x = Lanes.lo<Order>(t8, t9); t9 = Lanes.hi<Order>(t8, t9); t8 = x
    x = Lanes.lo<Order>(t10, t11); t11 = Lanes.hi<Order>(t10, t11); t10 = x
    x = Lanes.lo<Order>(t12, t13); t13 = Lanes.hi<Order>(t12, t13); t12 = x
    x = Lanes.lo<Order>(t14, t15); t15 = Lanes.hi<Order>(t14, t15); t14 = x
  }
  v128.store(end, t0, 0)
  v128.store(end, t1, 16)
  v128.store(end, t2, 32)
  v128.store(end, t3, 48)
  v128.store(end, t4, 64)
  v128.store(end, t5, 80)
  v128.store(end, t6, 96)
  v128.store(end, t7, 112)
  v128.store(end, t8, 128)
  v128.store(end, t9, 144)
  v128.store(end, t10, 160)
  v128.store(end, t11, 176)
  v128.store(end, t12, 192)
  v128.store(end, t13, 208)
  v128.store(end, t14, 224)
  v128.store(end, t15, 240)
  return v128.load(end + ((15 - rank) << 4))
}

/** The same of two runs, for rank < 8: the lowest of as many pairs, laid head to tail, of the highest of both. */
export function ofTwoRuns<Order>(runs: usize, rank: i32): v128 {
  let value = Lanes.least<Order>()
  value = v128.not(value)
  for (let i = 0; i <= rank; i++) {
    const a = Lanes.ofRun<Order>(runs, 7 - usize(i))
    const b = Lanes.ofRun<Order>(runs + 128, 7 - usize(rank - i))
    value = Lanes.lo<Order>(value, Lanes.hi<Order>(a, b))
  }
  return value
}
