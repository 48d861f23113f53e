import type { GradientStatistic } from '@coherent-gradients/coherence'
import type { Failure, Split } from '@coherent-gradients/core'
import { subset } from '@coherent-gradients/datasets'
import { either as E } from 'fp-ts'
import type { MeasuredData } from './measured-data.ts'
import { helpFits, helpOf, type MeasuredHelp } from './measured-help.ts'
import type { MeasuredSplit } from './scopes-of.ts'

/** Coherence of some of the examples among themselves. */
export interface MeasuredPopulation extends MeasuredSplit {
  /** `class:3`, or `class:cat` where classes have names. */
  readonly name: string
}

/**
 * Each class's examples apart, the first k of each in the split's order, where k is what the smallest class has: m·α
 * grows with m, so classes of different sizes would differ by that alone. Classes without an example are left out.
 */
export async function classesOf({
  split,
  labels,
  classNames,
}: MeasuredData): Promise<readonly (readonly [name: string, split: Split])[]> {
  const ids = new Map<number, number[]>()
  const all = await labels.read(labels.ids)
  all.labels.forEach((label, i) => {
    const known = ids.get(label) ?? []
    ids.set(label, known)
    known.push(all.ids[i]!)
  })
  const smallest = Math.min(...[...ids.values()].map((each) => each.length))
  return [...ids]
    .toSorted(([a], [b]) => a - b)
    .map(([label, each]) => [`class:${classNames?.[label] ?? label}`, subset(split, each.slice(0, smallest))])
}

/** What was measured of populations apart, and between them. */
export interface MeasuredPopulations {
  readonly populations: readonly MeasuredPopulation[]
  /** Null where it would have taken too much memory. */
  readonly help: MeasuredHelp | null
}

/**
 * Measures the populations one after the other, and who helps whom.
 *
 * @param measure gives a population's coherence, and hands on its sums.
 */
export async function measurePopulations(
  populations: readonly (readonly [name: string, split: Split])[],
  parameters: number,
  measure: (split: Split, keep: (own: GradientStatistic) => void) => Promise<E.Either<Failure, MeasuredSplit>>,
): Promise<E.Either<Failure, MeasuredPopulations>> {
  const measured: MeasuredPopulation[] = []
  const sums = new Map<string, GradientStatistic>()
  const fits = helpFits(populations.length, parameters)
  for (const [name, split] of populations) {
    const found = await measure(split, (own) => fits && sums.set(name, own))
    if (E.isLeft(found)) return found
    measured.push({ name, ...found.right })
  }
  return E.right({ populations: measured, help: fits ? helpOf(sums) : null })
}
