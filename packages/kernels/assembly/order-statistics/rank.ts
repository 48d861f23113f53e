import { highest16, highest5, highest8, ninth, ofTwoRuns } from './highest'
import { Lanes } from './lanes'
import { sortAll } from './sort-all'
import { sortWholeRuns } from './sort-runs'

/** Up to this rank from an end, a list of the extremes beats a sort of everything. */
const longestList = 16

/** Whether a value of this rank from an end is found in runs that are sorted. */
export function needsRuns(rank: i32): bool {
  return rank > 2 && rank < longestList
}

/** Bytes to work in for n vectors: sorted, and a list. */
export function rankBytes(n: i32): usize {
  let length = 16
  while (length < n) length <<= 1
  return usize(length + longestList) << 4
}

/** The value of rank `rank`, counted from 0 at the lowest, of n > 0 vectors lane by lane. Leaves them as they are. */
export function valueOfRank(values: usize, n: i32, rank: i32, work: usize): v128 {
  const fromTop = n - 1 - rank
  if (fromTop <= rank && fromTop < longestList) return fromEnd<i32>(values, n, fromTop, work)
  if (rank < longestList) return fromEnd<u32>(values, n, rank, work)
  sortAll(values, n, work)
  return v128.load(work + (usize(rank) << 4))
}

/** The value of rank `rank`, counted from 0 at the highest in the order. */
function fromEnd<Order>(values: usize, n: i32, rank: i32, work: usize): v128 {
  if (!needsRuns(rank)) return fromEndOfFew<Order>(values, n, rank)
  sortRuns<Order>(values, n, work)
  return fromEndOfRuns<Order>(work, (n + 7) & ~7, rank)
}

/** The same for rank < 3. */
export function fromEndOfFew<Order>(values: usize, n: i32, rank: i32): v128 {
  return rank === 0 ? first<Order>(values, n) : rank === 1 ? second<Order>(values, n) : third<Order>(values, n)
}

/** The same for rank < 16, of `count` vectors, a multiple of eight, that are sorted in runs. */
export function fromEndOfRuns<Order>(runs: usize, count: i32, rank: i32): v128 {
  const end = runs + (usize(count) << 4)
  if (count === 8) return Lanes.ofRun<Order>(runs, 7 - rank)
  if (count === 16 && rank < 8) return ofTwoRuns<Order>(runs, rank)
  if (rank === 8) return ninth<Order>(runs, end)
  if (rank < 5) return highest5<Order>(runs, end, rank)
  return rank < 8 ? highest8<Order>(runs, end, rank) : highest16<Order>(runs, end, rank)
}

/** Sorts n vectors in runs of eight, the last filled up with what comes before everything in the order. */
export function sortRuns<Order>(values: usize, n: i32, runs: usize): void {
  sortWholeRuns(values, n & ~7, runs)
  sortLastRun<Order>(values, n, runs)
}

export function sortLastRun<Order>(values: usize, n: i32, runs: usize): void {
  if ((n & 7) === 0) return
  const last = runs + (usize(n >> 3) << 7)
  for (let i = n & ~7; i < n; i++) v128.store(runs + (usize(i) << 4), v128.load(values + (usize(i) << 4)))
  for (let i = n; (i & 7) !== 0; i++) v128.store(runs + (usize(i) << 4), Lanes.least<Order>())
  sortWholeRuns(last, 8, last)
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
