import * as tf from '@tensorflow/tfjs-core'
import type { NamedTensorMap, Scalar, Tensor } from '@tensorflow/tfjs-core'
import type { ModelLayer } from './model-layers.ts'

/**
 * The gradient of the layers' regularisers, by weight; empty where there are none. The caller disposes of it. tfjs adds a
 * shared layer's once for each of its calls.
 */
export function regularisersOf(
  watched: readonly { readonly target: ModelLayer; readonly calls: number }[],
): NamedTensorMap {
  const all: Record<string, Tensor> = {}
  for (const { target, calls } of watched) {
    const { losses } = target.layer as unknown as { readonly losses: readonly (() => Scalar)[] }
    if (losses.length === 0) continue
    const weights = Object.values(target.weights)
    const { value, grads } = tf.variableGrads(
      () => tf.tidy(() => tf.mul(tf.addN(losses.map((loss) => loss())), calls)) as Scalar,
      weights.map(({ variable }) => variable),
    )
    value.dispose()
    for (const { name, variable } of weights) {
      const gradient = grads[variable.name]
      if (gradient != null) all[name] = gradient
    }
  }
  return all
}
