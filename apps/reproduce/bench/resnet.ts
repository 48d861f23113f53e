import { derive, fillNormals, keyOf, type Batch } from '@coherent-gradients/core'
import * as tfl from '@tensorflow/tfjs-layers'
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers'

/** Images in a batch of the ResNet's. */
export const resnetBatchSize = 16

/** ResNet-18 for images of 32×32: a 3×3 stem, four stages of two blocks with 64 … 512 channels, 11.2 million weights. */
export function resnet18(): LayersModel {
  const input = tfl.input({ shape: [32, 32, 3] })
  let x = normalised(convolution(input, 64, 3, 1))
  x = relu(x)
  for (const [stage, channels] of [64, 128, 256, 512].entries()) {
    x = block(x, channels, stage === 0 ? 1 : 2)
    x = block(x, channels, 1)
  }
  const pooled = tfl.layers.globalAveragePooling2d({}).apply(x)
  const outputs = tfl.layers.dense({ units: 10, kernelInitializer: initializer() }).apply(pooled) as SymbolicTensor
  return tfl.model({ inputs: input, outputs })
}

/** Batches of made-up images: what they show doesn't change what a step costs. */
export function resnetBatches(): readonly Batch[] {
  const size = 32 * 32 * 3
  return [0, 1].map((i) => {
    const labels = Int32Array.from({ length: resnetBatchSize }, (_, j) => (7 * j + i) % 10)
    return {
      ids: Uint32Array.from({ length: resnetBatchSize }, (_, j) => i * resnetBatchSize + j),
      inputs: fillNormals(derive(keyOf('images'), i), new Float32Array(resnetBatchSize * size)),
      inputShape: [32, 32, 3],
      labels,
      trueLabels: labels,
      touched: new Uint8Array(resnetBatchSize),
    }
  })
}

let seed = 0

function initializer(): ReturnType<typeof tfl.initializers.heNormal> {
  return tfl.initializers.heNormal({ seed: ++seed })
}

function convolution(x: SymbolicTensor, filters: number, kernelSize: number, strides: number): SymbolicTensor {
  const options = { filters, kernelSize, strides, padding: 'same', useBias: false } as const
  return tfl.layers.conv2d({ ...options, kernelInitializer: initializer() }).apply(x) as SymbolicTensor
}

function normalised(x: SymbolicTensor): SymbolicTensor {
  return tfl.layers.batchNormalization().apply(x) as SymbolicTensor
}

function relu(x: SymbolicTensor): SymbolicTensor {
  return tfl.layers.reLU().apply(x) as SymbolicTensor
}

function block(x: SymbolicTensor, channels: number, stride: number): SymbolicTensor {
  const first = relu(normalised(convolution(x, channels, 3, stride)))
  const second = normalised(convolution(first, channels, 3, 1))
  const same = stride === 1 && x.shape.at(-1) === channels
  const shortcut = same ? x : normalised(convolution(x, channels, 1, stride))
  return relu(tfl.layers.add().apply([second, shortcut]) as SymbolicTensor)
}
