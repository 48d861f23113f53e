import {
  generalizedCrossEntropy,
  smoothedCrossEntropy,
  softmaxCrossEntropy,
  type Loss,
} from '@coherent-gradients/gradients'
import type { LossSpec } from '../run-spec.ts'

/** The loss of a spec. */
export function lossOf(spec: LossSpec | undefined): Loss {
  switch (spec?.loss) {
    case undefined:
      return softmaxCrossEntropy
    case 'smoothed-cross-entropy':
      return smoothedCrossEntropy(spec)
    case 'generalized-cross-entropy':
      return generalizedCrossEntropy(spec)
  }
}
