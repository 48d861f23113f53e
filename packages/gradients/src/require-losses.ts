import type { Tensor1D } from '@tensorflow/tfjs-core'
import type { Loss } from './loss.ts'

/** The losses; throws a RangeError unless they are one number for each of m examples. */
export function requireLosses(loss: Loss, losses: Tensor1D, m: number): Tensor1D {
  if (losses.rank !== 1 || losses.shape[0] !== m) {
    throw new RangeError(`${loss.name}: required one loss for each of ${m} examples, found shape [${losses.shape}]`)
  }
  return losses
}
