import { equalGradients, orthogonalGradients } from '../made-gradients.ts'
import type { GradientSampleSpec } from '../../specs/gradient-sample-spec.ts'

/** ‖u‖² of the gradients. */
export const SQUARED_NORM = 3
/** The sizes m of the samples. */
export const SIZES: readonly number[] = [1, 2, 4, 8, 16, 32]
/** The value whose meaning the text asks for, and the size of the samples that have it. */
export const UNCLEAR = 17.5
export const UNCLEAR_SIZE = 10
/** By how much the loss, and with it every gradient, is rescaled. */
export const RESCALED = 10

/** Samples of equal and of orthogonal gradients; two of the same E[g·g′]; one again with its loss rescaled. */
export const samplesOfExample2: GradientSampleSpec['samples'] = [
  ...SIZES.flatMap((m) => [
    { name: `equal, m = ${m}`, gradients: equalGradients(m, SQUARED_NORM) },
    { name: `orthogonal, m = ${m}`, gradients: orthogonalGradients(Array.from({ length: m }, () => SQUARED_NORM)) },
  ]),
  { name: 'unclear, equal', gradients: equalGradients(UNCLEAR_SIZE, UNCLEAR) },
  {
    name: 'unclear, orthogonal',
    gradients: orthogonalGradients(Array.from({ length: UNCLEAR_SIZE }, () => UNCLEAR_SIZE * UNCLEAR)),
  },
  { name: 'rescaled', gradients: equalGradients(8, RESCALED ** 2 * SQUARED_NORM) },
]
