import { rankBytes } from './rank'
import { Turned } from './turned'

/** Where things lie in the room to work in. Each list of vectors has room for 24 more. */
export class Work {
  @inline static list(rows: i32): usize {
    return (usize(rows) + 24) << 4
  }

  /** The bits of the rows that have an activation in these lanes that isn't zero. */
  @inline static visited(work: usize): usize {
    return work
  }

  /** Four activations of each row, and a vector of zeros. */
  @inline static packed(work: usize, rows: i32): usize {
    return work + ((Turned.words(rows) + 1) & ~1) * 8
  }

  @inline static above(work: usize, rows: i32): usize {
    return Work.packed(work, rows) + Work.list(rows)
  }

  @inline static below(work: usize, rows: i32): usize {
    return Work.above(work, rows) + Work.list(rows)
  }

  /** For what `signedMean` and `valueOfRank` work in. */
  @inline static rest(work: usize, rows: i32): usize {
    return Work.below(work, rows) + Work.list(rows)
  }

  @inline static bytes(rows: i32): usize {
    return Work.rest(0, rows) + Work.list(rows) + rankBytes(rows + 8)
  }
}

/** How many rows are visited and have their bit at `bits`. */
export class Visited {
  @inline static count(bits: usize, words: usize, work: usize): i32 {
    let count = popcnt(load<u64>(work) & load<u64>(bits))
    if (words > 1) count += popcnt(load<u64>(work, 8) & load<u64>(bits, 16))
    for (let w: usize = 2; w < words; w++) count += popcnt(load<u64>(work + (w << 3)) & load<u64>(bits + (w << 4)))
    return i32(count)
  }
}
