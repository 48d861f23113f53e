import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import type { Reference, ReferenceArray, ReferenceLayer } from '@coherent-gradients/testkit'
import { halfSquaredError, softmaxCrossEntropy, type Loss, type TensorBatch } from './index.ts'

/** Layer types of the reference networks that can be built here so far. */
export const buildable: ReadonlySet<ReferenceLayer['type']> = new Set(['dense', 'flatten', 'activation'])

/** A reference network with its weights, inputs and labels as tfjs has them. */
export interface ReferenceCase {
  readonly model: tfl.LayersModel
  readonly loss: Loss
  readonly batch: TensorBatch
}

export function referenceCase(reference: Reference): ReferenceCase {
  const input = tfl.input({ shape: [...reference.inputShape] })
  const outputs = new Map<string, tfl.SymbolicTensor>([['input', input]])
  let last = input
  for (const spec of reference.model) {
    const from = (spec.from ?? []).map((name) => outputs.get(name)!)
    last = layerOf(spec).apply(from.length === 0 ? last : from.length === 1 ? from[0]! : from) as tfl.SymbolicTensor
    outputs.set(spec.name, last)
  }
  const model = tfl.model({ inputs: input, outputs: last })
  for (const layer of model.layers) {
    const values = layer.weights.map((weight) =>
      tensorOf(reference.weights[`${layer.name}/${weight.originalName.split('/').at(-1)}`]!),
    )
    if (values.length > 0) layer.setWeights(values)
    tf.dispose(values)
  }
  const classification = reference.loss === 'softmaxCrossEntropy'
  return {
    model,
    loss: classification ? softmaxCrossEntropy : halfSquaredError,
    batch: { inputs: tensorOf(reference.x), labels: tensorOf(reference.y, classification ? 'int32' : 'float32') },
  }
}

function layerOf(spec: ReferenceLayer): tfl.layers.Layer {
  const { name } = spec
  const activation = spec.activation ? { activation: spec.activation } : {}
  switch (spec.type) {
    case 'dense':
      return tfl.layers.dense({ name, units: spec.units!, useBias: spec.useBias ?? true, ...activation })
    case 'flatten':
      return tfl.layers.flatten({ name })
    case 'activation':
      return tfl.layers.activation({ name, activation: spec.activation! })
    default:
      throw new Error(`no builder for ${spec.type}`)
  }
}

function tensorOf(array: ReferenceArray, dtype: 'float32' | 'int32' = 'float32'): Tensor {
  return tf.tensor([...array.data], [...array.shape], dtype)
}
