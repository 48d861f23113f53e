import { derive, fillNormals, type Key } from '@coherent-gradients/core'
import * as tf from '@tensorflow/tfjs-core'
import type * as tfl from '@tensorflow/tfjs-layers'
import type { Initialisation, ModelSpec } from './model-spec.ts'
import type { Network } from './network.ts'
import { networks } from './networks.ts'

/**
 * Builds the network of a spec with weights drawn from a key.
 *
 * Inputs are [m, inputs], or [m, height, width, channels] where the spec has an `inputShape`; outputs [m, outputs] logits
 * (or values), never passed through a softmax. Every weight is drawn on its own, from `derive(key, '<layer>/<weight>')`,
 * outside tfjs: the same spec and key give the same bits on every engine. Layers are named by type and number from the
 * input on: `dense_1`, `conv_1`, …
 *
 * The caller disposes of the model.
 *
 * @throws RangeError when a width isn't a whole number ≥ 1, a multiplier isn't above 0, an initial value isn't finite, or
 *   there is no such kind.
 * @see §7 of the paper for the network of 3 × 256 (Figure 4), Examples 1 and 7 for the linear ones, Figures 1 to 3 for
 *   residual networks and AlexNet.
 *
 * @example
 * const model = buildModel({ kind: 'mlp', inputs: 784, hidden: [256, 256, 256], outputs: 10 }, keyOf(1))
 */
export function buildModel(spec: ModelSpec, key: Key): tfl.LayersModel {
  const network = networks[spec.kind] as Network<ModelSpec> | undefined
  if (network === undefined) {
    const kinds = Object.keys(networks).join(', ')
    throw new RangeError(`buildModel: required a kind of ${kinds}, found ${String((spec as { kind: unknown }).kind)}`)
  }
  const initialisation = spec.initialisation ?? network.initialisation
  if (typeof initialisation === 'number' && !Number.isFinite(initialisation)) {
    throw new RangeError(`buildModel: required a finite initial value, found ${initialisation}`)
  }
  const model = network.build(spec)
  for (const layer of model.layers) {
    const start = network.startsAtZero?.(layer.name) === true ? 0 : initialisation
    const values = layer.weights.map((weight) => {
      const name = weight.originalName.slice(weight.originalName.lastIndexOf('/') + 1)
      const shape = weight.shape as number[]
      return tf.tensor(initialValues(name, start, shape, derive(key, `${layer.name}/${name}`)), shape)
    })
    if (values.length > 0) layer.setWeights(values)
    tf.dispose(values)
  }
  return model
}

/** Weights of a batch normalisation that multiply or divide. */
const ones = new Set(['gamma', 'moving_variance'])
const zeros = new Set(['beta', 'moving_mean'])

function initialValues(name: string, initialisation: Initialisation, shape: readonly number[], key: Key): Float32Array {
  const values = new Float32Array(shape.reduce((size, n) => size * n, 1))
  if (ones.has(name)) return values.fill(1)
  if (zeros.has(name)) return values
  if (typeof initialisation === 'number') return values.fill(initialisation)
  if (shape.length < 2) return values
  const [channels, filters] = shape.slice(-2) as [number, number]
  const window = shape.slice(0, -2).reduce((size, n) => size * n, 1)
  const standardDeviation =
    initialisation === 'he-normal'
      ? Math.sqrt(2 / (window * channels))
      : 2 / Math.sqrt(window * channels + window * filters)
  return fillNormals(key, values, { standardDeviation })
}
