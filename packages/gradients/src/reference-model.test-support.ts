import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import type { Reference, ReferenceArray, ReferenceLayer } from '@coherent-gradients/testkit'
import { halfSquaredError, softmaxCrossEntropy, type Loss, type TensorBatch } from './index.ts'

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
    case 'conv2d':
      return tfl.layers.conv2d({
        name,
        filters: spec.filters!,
        kernelSize: spec.kernelSize!,
        strides: spec.strides ?? 1,
        padding: spec.padding ?? 'valid',
        useBias: spec.useBias ?? true,
        ...activation,
      })
    case 'batchNormalization':
      return tfl.layers.batchNormalization({ name, epsilon: 1e-3 })
    case 'layerNormalization':
      return tfl.layers.layerNormalization({ name, epsilon: 1e-3 })
    case 'embedding':
      return tfl.layers.embedding({ name, inputDim: spec.inputDim!, outputDim: spec.outputDim! })
    case 'add':
      return tfl.layers.add({ name })
    case 'maxPooling2d':
      return tfl.layers.maxPooling2d({ name })
    case 'globalAveragePooling1d':
      return tfl.layers.globalAveragePooling1d({ name })
    case 'globalAveragePooling2d':
      return tfl.layers.globalAveragePooling2d({ name })
    case 'flatten':
      return tfl.layers.flatten({ name })
    case 'activation':
      return tfl.layers.activation({ name, activation: spec.activation! })
  }
}

function tensorOf(array: ReferenceArray, dtype: 'float32' | 'int32' = 'float32'): Tensor {
  return tf.tensor([...array.data], [...array.shape], dtype)
}
