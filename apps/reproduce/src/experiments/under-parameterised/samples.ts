import type { GradientSampleSpec } from '../../specs/gradient-sample-spec.ts'
import { orthogonalGradients } from '../made-gradients.ts'

/** d: the dimension of the gradients. */
export const DIMENSIONS: readonly number[] = [1, 2, 5]
/** k: how often each is there. */
export const COPIES: readonly number[] = [1, 2, 4, 8, 16, 32, 64]

export const copiesName = (d: number, k: number): string => `d = ${d}, k = ${k}`

/** k copies of d orthogonal gradients of squared norms 1 to d. */
export const copiedSamples: GradientSampleSpec['samples'] = DIMENSIONS.flatMap((d) => {
  const gradients = orthogonalGradients(Array.from({ length: d }, (_, i) => i + 1))
  return COPIES.map((k) => ({
    name: copiesName(d, k),
    gradients: Array.from({ length: k }, () => gradients).flat(),
  }))
})
