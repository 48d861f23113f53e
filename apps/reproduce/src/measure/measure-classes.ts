import type { Failure, Split } from '@coherent-gradients/core'
import { subset } from '@coherent-gradients/datasets'
import { either as E } from 'fp-ts'
import type { MeasuredSplit } from './measure-split.ts'

/** Coherence of some of the examples among themselves. */
export interface MeasuredPopulation extends MeasuredSplit {
  /** `class:3`. */
  readonly name: string
}

/** Labels are read so many examples at a time. */
const CHUNK = 500

/**
 * Each class's examples apart, the first k of each in the split's order, where k is what the smallest class has: m·α
 * grows with m, so classes of different sizes would differ by that alone. Classes without an example are left out.
 */
export async function classesOf(split: Split): Promise<readonly (readonly [name: string, split: Split])[]> {
  const ids = new Map<number, number[]>()
  for (let from = 0; from < split.ids.length; from += CHUNK) {
    const batch = await split.read(split.ids.subarray(from, from + CHUNK))
    batch.labels.forEach((label, i) => {
      const known = ids.get(label) ?? []
      ids.set(label, known)
      known.push(batch.ids[i]!)
    })
  }
  const smallest = Math.min(...[...ids.values()].map((each) => each.length))
  return [...ids]
    .toSorted(([a], [b]) => a - b)
    .map(([label, each]) => [`class:${label}`, subset(split, each.slice(0, smallest))])
}

/** Measures the populations one after the other. */
export async function measurePopulations(
  populations: readonly (readonly [name: string, split: Split])[],
  measure: (split: Split) => Promise<E.Either<Failure, MeasuredSplit>>,
): Promise<E.Either<Failure, readonly MeasuredPopulation[]>> {
  const measured: MeasuredPopulation[] = []
  for (const [name, split] of populations) {
    const found = await measure(split)
    if (E.isLeft(found)) return found
    measured.push({ name, ...found.right })
  }
  return E.right(measured)
}
