import {
  halfSquaredError,
  sigmoidCrossEntropy,
  softmaxCrossEntropy,
  type Loss,
  type TensorBatch,
} from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { buildLayer } from './layer-builders.ts'
import type { ReferenceArray, ReferenceFile } from './reference-file.ts'

/** A reference network with its weights, inputs and labels as tfjs has them. The caller disposes of it. */
export interface ReferenceCase {
  readonly model: tfl.LayersModel
  readonly loss: Loss
  readonly batch: TensorBatch
}

const losses: Readonly<Record<string, Loss>> = { softmaxCrossEntropy, sigmoidCrossEntropy, halfSquaredError }

/**
 * Builds the network of a reference vector on the engine that is open.
 *
 * @throws RangeError that names a layer type, a loss, an input or a weight that isn't known here.
 */
export function referenceCase(file: ReferenceFile): ReferenceCase {
  const loss = Object.hasOwn(losses, file.loss) ? losses[file.loss] : undefined
  if (loss === undefined)
    throw new RangeError(`unknown loss '${file.loss}': known are ${Object.keys(losses).join(', ')}`)
  const model = modelOf(file)
  setWeights(model, file)
  // One-dimensional labels are classes, except under the squared error, where they are targets.
  const classes = file.loss !== 'halfSquaredError' && file.y.shape.length === 1
  return { model, loss, batch: { inputs: tensorOf(file.x), labels: tensorOf(file.y, classes ? 'int32' : 'float32') } }
}

function modelOf({ model: layers, inputShape }: ReferenceFile): tfl.LayersModel {
  const input = tfl.input({ shape: [...inputShape] })
  const outputs = new Map<string, tfl.SymbolicTensor>([['input', input]])
  let last = input
  for (const layer of layers) {
    const from = (layer.from ?? []).map((name) => {
      const output = outputs.get(name)
      if (output === undefined)
        throw new RangeError(`layer ${layer.name} takes '${name}', which no layer before it is called`)
      return output
    })
    const built = buildLayer(layer)
    last = built.apply(from.length === 0 ? last : from.length === 1 ? from[0]! : from) as tfl.SymbolicTensor
    outputs.set(layer.name, last)
  }
  return tfl.model({ inputs: input, outputs: last })
}

function setWeights(model: tfl.LayersModel, { weights }: ReferenceFile): void {
  const left = new Set(Object.keys(weights))
  for (const layer of model.layers) {
    const values = layer.weights.map((weight) => {
      const name = `${layer.name}/${weight.originalName.split('/').at(-1)}`
      const array = weights[name]
      if (array === undefined || !left.delete(name)) throw new RangeError(`the vector has no weight ${name}`)
      return tensorOf(array)
    })
    if (values.length > 0) layer.setWeights(values)
    tf.dispose(values)
  }
  if (left.size > 0) throw new RangeError(`no layer has the weights ${[...left].join(', ')}`)
}

function tensorOf(array: ReferenceArray, dtype: 'float32' | 'int32' = 'float32'): Tensor {
  return tf.tensor([...array.data], [...array.shape], dtype)
}
