import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core'
import { runTrainingKernel } from './run-training-kernel.ts'
import { scaledDifference } from './scaled-difference.ts'

/**
 * xᵢ − yᵢ·scale for pairs of float32 tensors of one shape, each as {@link scaledDifference} gives it. Not differentiable.
 *
 * @example
 * const next = scaledDifferences(weights, gradients, learningRate)
 */
export function scaledDifferences(x: readonly Tensor[], y: readonly Tensor[], scale: number): readonly Tensor[] {
  if (x.length === 0) return []
  const inputs: NamedTensorMap = {}
  for (const [i, each] of x.entries()) {
    inputs[`x${i}`] = each
    inputs[`y${i}`] = y[i]!
  }
  return (
    runTrainingKernel('scaledDifferences', inputs, { scale }) ??
    x.map((each, i) => scaledDifference(each, y[i]!, scale))
  )
}
