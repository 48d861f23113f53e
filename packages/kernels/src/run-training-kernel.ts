import { engine, getBackend, getKernel } from '@tensorflow/tfjs-core'
import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core'
import { trainingKernelNames } from './training-kernel-names.ts'

type Name = keyof typeof trainingKernelNames
type WithManyOutputs = 'scaledDifferences' | 'softmaxCrossEntropyWithGradient'

/**
 * Runs a kernel of {@link trainingKernelNames} on the current backend; undefined where it has no such kernel, so that the
 * caller composes tfjs operations instead. Nothing is recorded for a gradient: run it inside a `customGrad`, or outside of
 * any gradient.
 *
 * @example
 * const norms = runTrainingKernel('squaredNorms', { x }) ?? tf.sum(tf.square(x), 1)
 */
export function runTrainingKernel<N extends Name>(
  name: N,
  inputs: NamedTensorMap,
  attributes: Readonly<Record<string, number>> = {},
): (N extends WithManyOutputs ? Tensor[] : Tensor) | undefined {
  const kernel = trainingKernelNames[name]
  if (getKernel(kernel, getBackend()) === undefined) return undefined
  return engine().runKernel(kernel, inputs, attributes) as N extends WithManyOutputs ? Tensor[] : Tensor
}
