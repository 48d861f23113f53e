import type { Split } from '@coherent-gradients/core'
import { splitOf } from '../split-of.ts'

/** Signs of the five examples, which are also their targets y. */
const TARGETS = [1, -1, -1, 1, -1]

/**
 * The paper's toy data sets: five examples of six features. Feature i of example i is its target y = ±1, idiosyncratic to
 * it; feature 6 is y as well in L ("real"), common to all, and 0 in M ("random").
 *
 * The first four are for training, the fifth for testing. Labels are classes: y = 2 · label − 1. The training examples of L
 * have α = 5/8 at w = 0, 2.5 times the orthogonal limit; those of M are orthogonal.
 *
 * @see "On the Generalization Mystery in Deep Learning", Examples 1 and 4.
 *
 * @example
 * const { train, test } = toySplit('L')
 */
export function toySplit(which: 'L' | 'M'): { readonly train: Split; readonly test: Split } {
  if (which !== 'L' && which !== 'M') throw new RangeError(`toySplit: required L or M, found ${String(which)}`)
  const rows = TARGETS.map((y, i) => [...TARGETS.map((_, j) => (i === j ? y : 0)), which === 'L' ? y : 0])
  const part = (name: string, from: number, to: number): Split =>
    splitOf({
      name: `toy-${which}/${name}`,
      inputs: Float32Array.from(rows.slice(from, to).flat()),
      labels: TARGETS.slice(from, to).map((y) => (y + 1) / 2),
      inputShape: [6],
      classes: 2,
      ids: Array.from({ length: to - from }, (_, i) => from + i),
    })
  return { train: part('train', 0, 4), test: part('test', 4, 5) }
}
