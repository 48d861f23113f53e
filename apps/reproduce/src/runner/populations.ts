import { derive, keyOf, permutation, type Split } from '@coherent-gradients/core'
import type { TrainingSpec } from '../run-spec.ts'
import { pristineBy } from './pristine-by.ts'

/** A named group of a split's examples. */
export interface Population {
  readonly name: string
  readonly ids: Uint32Array
}

/**
 * The groups whose coherence a run measures, of at most `measure.examples` each, drawn by the seed.
 *
 * For `designation` the split's examples are told apart as pristine and corrupt, with as many of the one as of the
 * other: m·α grows with m, so unequal groups would differ by their size alone. A split without corrupt examples, or
 * without pristine ones, has the group `all` alone.
 */
export async function populationsOf(spec: TrainingSpec, split: Split, purpose: string): Promise<readonly Population[]> {
  const { ids } = split
  const order = permutation(derive(keyOf(spec.seed), `coherence:${purpose}`), ids.length)
  const shuffled = Uint32Array.from(order, (i) => ids[i]!)
  const all = { name: 'all', ids: shuffled.slice(0, spec.measure.examples) }
  if (spec.measure.populations === 'all') return [all]
  const isPristine = pristineBy(spec.data.noise, await split.read(shuffled))
  const pristine = shuffled.filter((_, i) => isPristine(i))
  const corrupt = shuffled.filter((_, i) => !isPristine(i))
  if (corrupt.length === 0 || pristine.length === 0) return [all]
  const m = Math.min(spec.measure.examples, pristine.length, corrupt.length)
  return [all, { name: 'pristine', ids: pristine.slice(0, m) }, { name: 'corrupt', ids: corrupt.slice(0, m) }]
}
