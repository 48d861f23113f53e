import { derive, type Key, uniforms } from '@coherent-gradients/core'

/** The examples that noise chose. */
export interface Chosen {
  has(id: number): boolean
}

// Each id has a score in [0, 1) of its own. Both rules take the lowest, so a larger fraction chooses what a smaller one
// does and more, and the order of the ids never matters.

/** round(fraction · n) of n ids, each set of that many equally likely. */
export function chosenExactly(ids: Uint32Array, key: Key, fraction: number): Chosen {
  const scores = Float64Array.from(ids, (id) => score(key, id))
  const rows = Uint32Array.from(ids, (_, row) => row).toSorted((a, b) => {
    const difference = (scores[a] as number) - (scores[b] as number)
    return difference === 0 ? (ids[a] as number) - (ids[b] as number) : difference
  })
  const count = Math.round(fraction * ids.length)
  return new Set(Array.from(rows.subarray(0, count), (row) => ids[row] as number))
}

/** Every id for itself, with probability `fraction`. */
export function chosenByChance(key: Key, fraction: number): Chosen {
  return { has: (id) => score(key, id) < fraction }
}

function score(key: Key, id: number): number {
  return uniforms(derive(key, id), 1)[0] as number
}
