import { keyOf, uniforms } from '@coherent-gradients/core'
import { equalGradients, orthogonalGradients } from '../made-gradients.ts'
import type { GradientSampleSpec } from '../../specs/gradient-sample-spec.ts'

export const SIZES: readonly number[] = [1, 2, 4, 8, 16, 32, 64]

/** Different gradients of one norm, from which samples are drawn with replacement, and the samples' size. */
const POPULATION: readonly (readonly number[])[] = [
  [3, 4],
  [5, 0],
  [4, -3],
]
const DRAWN = 2

/** The names of all samples of two that can be drawn from three. */
export const draws: readonly (readonly number[])[] = POPULATION.flatMap((_, i) => POPULATION.map((__, j) => [i, j]))
export const drawName = (draw: readonly number[]): string => `draw of ${DRAWN}: ${draw.map((i) => i + 1).join(', ')}`

/** Orthogonal gradients, of equal norms and of norms that differ by a factor of 100; equal ones; those that cancel; drawn ones. */
export function samplesOfExample3(): GradientSampleSpec['samples'] {
  return [
    ...SIZES.flatMap((m) => [
      { name: `orthogonal, m = ${m}`, gradients: orthogonalGradients(Array.from({ length: m }, () => 1)) },
      {
        name: `orthogonal, unequal, m = ${m}`,
        gradients: orthogonalGradients([...uniforms(keyOf('norms'), m)].map((u) => 1 + 9999 * u)),
      },
      { name: `equal, m = ${m}`, gradients: equalGradients(m, 1) },
    ]),
    {
      name: 'cancelling',
      gradients: [
        [1, 0],
        [-0.5, 1],
        [-0.5, -1],
      ],
    },
    {
      name: 'all zero',
      gradients: [
        [0, 0],
        [0, 0],
      ],
    },
    { name: 'population', gradients: POPULATION },
    ...draws.map((draw) => ({ name: drawName(draw), gradients: draw.map((i) => POPULATION[i]!) })),
  ]
}
