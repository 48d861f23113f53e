import { derive, fillNormals, type Key } from '@coherent-gradients/core'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { Diagonal } from './diagonal.ts'
import type { Initialisation, ModelSpec } from './model-spec.ts'

/**
 * Builds the network of a spec with weights drawn from a key.
 *
 * Inputs are [m, inputs], outputs [m, outputs] logits (or values), never passed through a softmax. Every weight is
 * drawn on its own, from `derive(key, '<layer>/<weight>')`, outside tfjs: the same spec and key give the same bits on
 * every engine. Layers are named `dense_1`, `dense_2`, … from the input on.
 *
 * The caller disposes of the model.
 *
 * @throws RangeError when a width isn't a whole number ≥ 1, or an initial value isn't finite.
 * @see §7 of the paper for the network of 3 × 256 (Figure 4), Examples 1 and 7 for the linear ones.
 *
 * @example
 * const model = buildModel({ kind: 'mlp', inputs: 784, hidden: [256, 256, 256], outputs: 10 }, keyOf(1))
 */
export function buildModel(spec: ModelSpec, key: Key): tfl.LayersModel {
  const model = tfl.sequential({ layers: layersOf(spec) })
  const initialisation = spec.initialisation ?? defaultInitialisation[spec.kind]
  if (typeof initialisation === 'number' && !Number.isFinite(initialisation)) {
    throw new RangeError(`buildModel: required a finite initial value, found ${initialisation}`)
  }
  for (const layer of model.layers) {
    const values = layer.weights.map((weight) => {
      const name = `${layer.name}/${weight.originalName.slice(weight.originalName.lastIndexOf('/') + 1)}`
      return tf.tensor(
        initialValues(initialisation, weight.shape as number[], derive(key, name)),
        weight.shape as number[],
      )
    })
    if (values.length > 0) layer.setWeights(values)
    tf.dispose(values)
  }
  return model
}

const defaultInitialisation: Record<ModelSpec['kind'], Initialisation> = {
  mlp: 'scaled-normal',
  linear: 0,
  'deep-linear': 0.01,
}

function layersOf(spec: ModelSpec): tfl.layers.Layer[] {
  const inputShape = [width('inputs', spec.inputs)]
  switch (spec.kind) {
    case 'mlp': {
      const widths = [...spec.hidden.map((units, i) => width(`hidden[${i}]`, units)), width('outputs', spec.outputs)]
      return widths.map((units, i) =>
        tfl.layers.dense({
          name: `dense_${i + 1}`,
          units,
          kernelInitializer: 'zeros',
          ...(i < widths.length - 1 ? { activation: 'relu' } : {}),
          ...(i === 0 ? { inputShape } : {}),
        }),
      )
    }
    case 'linear':
      return [linear('dense_1', width('outputs', spec.outputs), { inputShape })]
    case 'deep-linear':
      return [new Diagonal({ name: 'diagonal_1', inputShape }), linear('dense_1', 1, {})]
    default:
      throw new RangeError(
        `buildModel: required kind mlp, linear or deep-linear, found ${JSON.stringify(spec satisfies never)}`,
      )
  }
}

function linear(name: string, units: number, rest: { inputShape?: number[] }): tfl.layers.Layer {
  return tfl.layers.dense({ name, units, useBias: false, kernelInitializer: 'zeros', ...rest })
}

function initialValues(initialisation: Initialisation, shape: readonly number[], key: Key): Float32Array {
  const values = new Float32Array(shape.reduce((size, n) => size * n, 1))
  if (typeof initialisation === 'number') return values.fill(initialisation)
  if (shape.length < 2) return values
  const [fanIn, fanOut] = shape as [number, number]
  return fillNormals(key, values, { standardDeviation: 2 / Math.sqrt(fanIn + fanOut) })
}

function width(what: string, units: number): number {
  if (Number.isInteger(units) && units >= 1) return units
  throw new RangeError(`buildModel: required ${what} to be a whole number ≥ 1, found ${units}`)
}
