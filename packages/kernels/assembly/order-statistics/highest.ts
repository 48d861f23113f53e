import { Lanes } from './lanes'

/*
 * A list of the highest so far, sorted, takes in one sorted run of eight after the other. The highest of the list and a run
 * laid against it head to tail are what is kept; they fall and then rise, so that half as many exchanges as for sorting
 * put them in order. `list` is room for as many vectors.
 */

/** The 8 highest of the runs, and of them the one of rank `rank` from the top; rank < 8. */
export function highest8<Order>(runs: usize, end: usize, rank: i32, list: usize): v128 {
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
  v128.store(list, t0, 0)
  v128.store(list, t1, 16)
  v128.store(list, t2, 32)
  v128.store(list, t3, 48)
  v128.store(list, t4, 64)
  v128.store(list, t5, 80)
  v128.store(list, t6, 96)
  v128.store(list, t7, 112)
  return v128.load(list + ((7 - rank) << 4))
}

/** The 9 highest of the runs, and of them the one of rank `rank` from the top; rank < 9. */
export function highest9<Order>(runs: usize, end: usize, rank: i32, list: usize): v128 {
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
  v128.store(list, t0, 0)
  v128.store(list, t1, 16)
  v128.store(list, t2, 32)
  v128.store(list, t3, 48)
  v128.store(list, t4, 64)
  v128.store(list, t5, 80)
  v128.store(list, t6, 96)
  v128.store(list, t7, 112)
  v128.store(list, t8, 128)
  return v128.load(list + ((8 - rank) << 4))
}

/** The 16 highest of the runs, and of them the one of rank `rank` from the top; rank < 16. */
export function highest16<Order>(runs: usize, end: usize, rank: i32, list: usize): v128 {
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
  v128.store(list, t0, 0)
  v128.store(list, t1, 16)
  v128.store(list, t2, 32)
  v128.store(list, t3, 48)
  v128.store(list, t4, 64)
  v128.store(list, t5, 80)
  v128.store(list, t6, 96)
  v128.store(list, t7, 112)
  v128.store(list, t8, 128)
  v128.store(list, t9, 144)
  v128.store(list, t10, 160)
  v128.store(list, t11, 176)
  v128.store(list, t12, 192)
  v128.store(list, t13, 208)
  v128.store(list, t14, 224)
  v128.store(list, t15, 240)
  return v128.load(list + ((15 - rank) << 4))
}
