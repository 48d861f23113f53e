import { highest16, highest8, highest9 } from './highest'
import { Lanes } from './lanes'
import { sortAll } from './sort-all'
import { sortRun } from './sort-run'

/** Up to this rank from an end, a list of the extremes beats a sort of everything. */
export const longestList = 16

/** Bytes to work in for `n` vectors: for `sortAll`, and a list. */
export function rankBytes(n: i32): usize {
  let length = 16
  while (length < n) length <<= 1
  return usize(length) * 16 + longestList * 16
}

/** [4] the value of rank `rank`, counted from 0 at the lowest, of n > 0 vectors lane by lane. Leaves them as they are. */
export function valueOfRank(values: usize, n: i32, rank: i32, work: usize): v128 {
  const fromTop = n - 1 - rank
  if (fromTop <= rank && fromTop < longestList) return fromEnd<i32>(values, n, fromTop, work)
  if (rank < longestList) return fromEnd<u32>(values, n, rank, work)
  sortAll(values, n, work)
  return v128.load(work + (usize(rank) << 4))
}

/**
 * The value of rank `rank` counted from the highest in the order, from 0. Sorts runs of eight into `work`, the list behind
 * them.
 */
function fromEnd<Order>(values: usize, n: i32, rank: i32, work: usize): v128 {
  if (rank === 0) return first<Order>(values, n)
  if (rank === 1) return second<Order>(values, n)
  if (rank === 2) return third<Order>(values, n)
  sortRuns<Order>(values, n, work)
  return fromSortedRuns<Order>(work, n, rank)
}

/** As `fromEnd`, of runs that are sorted already; rank < 16. */
export function fromSortedRuns<Order>(runs: usize, n: i32, rank: i32): v128 {
  const end = runs + (usize((n + 7) & ~7) << 4)
  if (n <= 8) return Lanes.ofRun<Order>(runs, 7 - rank)
  if (rank < 8) return highest8<Order>(runs, end, rank, end)
  if (rank === 8) return highest9<Order>(runs, end, rank, end)
  return highest16<Order>(runs, end, rank, end)
}

/** Sorts n vectors in runs of eight, the last filled up with what comes before everything in the order. */
export function sortRuns<Order>(values: usize, n: i32, runs: usize): void {
  const whole = usize(n >> 3) << 7
  for (let at: usize = 0; at < whole; at += 128) sortRun(values + at, runs + at)
  sortLastRun<Order>(values, n, runs)
}

export function sortLastRun<Order>(values: usize, n: i32, runs: usize): void {
  if ((n & 7) === 0) return
  const last = runs + (usize(n >> 3) << 7)
  for (let i = n & ~7; i < n; i++) v128.store(runs + (usize(i) << 4), v128.load(values + (usize(i) << 4)))
  for (let i = n; (i & 7) !== 0; i++) v128.store(runs + (usize(i) << 4), Lanes.least<Order>())
  sortRun(last, last)
}

function first<Order>(values: usize, n: i32): v128 {
  let a = v128.load(values)
  for (let i: usize = 1; i < usize(n); i++) a = Lanes.hi<Order>(a, v128.load(values + (i << 4)))
  return a
}

function second<Order>(values: usize, n: i32): v128 {
  let a = Lanes.least<Order>()
  let b = a
  for (let i: usize = 0; i < usize(n); i++) {
    const x = v128.load(values + (i << 4))
    b = Lanes.hi<Order>(b, Lanes.lo<Order>(a, x))
    a = Lanes.hi<Order>(a, x)
  }
  return b
}

function third<Order>(values: usize, n: i32): v128 {
  let a = Lanes.least<Order>()
  let b = a
  let c = a
  for (let i: usize = 0; i < usize(n); i++) {
    const x = v128.load(values + (i << 4))
    const y = Lanes.lo<Order>(a, x)
    c = Lanes.hi<Order>(c, Lanes.lo<Order>(b, y))
    b = Lanes.hi<Order>(b, y)
    a = Lanes.hi<Order>(a, x)
  }
  return c
}
