import { fc } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { randomCase, type Case } from './agreement.test-support.ts'
import { softmaxCrossEntropy } from './index.ts'

/** One step of a random network: what it does to images, and the numbers that it draws on. */
interface Step {
  readonly kind: string
  readonly a: number
  readonly b: number
  readonly same: boolean
}

/** A random network over images, as plain data that fast-check can shrink and print. */
export interface RandomNetwork {
  readonly size: readonly [number, number, number]
  readonly steps: readonly Step[]
  readonly head: 'flatten' | 'average' | 'maximum'
  readonly m: number
  readonly seed: number
  readonly classes: boolean
  readonly sliceBytes: number
}

const activations = ['linear', 'relu', 'tanh', 'sigmoid'] as const

const steps: Readonly<Record<string, (x: tfl.SymbolicTensor, step: Step) => unknown>> = {
  convolution: (x, { a, b, same }) => {
    const options = { filters: a, kernelSize: b, padding: padding(same), useBias: a > 1 }
    return tfl.layers.conv2d({ ...options, strides: 1 + (a % 2), activation: activations[b]! }).apply(x)
  },
  depthwise: (x, { a, b, same }) =>
    tfl.layers.depthwiseConv2d({ kernelSize: b, depthMultiplier: 1 + (a % 2), padding: padding(same) }).apply(x),
  separable: (x, { a, b, same }) =>
    tfl.layers.separableConv2d({ filters: a, kernelSize: b, padding: padding(same), activation: 'tanh' }).apply(x),
  transpose: (x, { a, b, same }) =>
    tfl.layers.conv2dTranspose({ filters: a, kernelSize: b, strides: 2, padding: padding(same) }).apply(x),
  dense: (x, { a, b }) => tfl.layers.dense({ units: a, activation: activations[b]! }).apply(x),
  batchNormalization: (x) => tfl.layers.batchNormalization({ epsilon: 0.1 }).apply(x),
  layerNormalization: (x) => tfl.layers.layerNormalization({ epsilon: 0.1 }).apply(x),
  prelu: (x, { same }) => tfl.layers.prelu(same ? { sharedAxes: [1, 2] } : {}).apply(x),
  maxPooling: (x) => tfl.layers.maxPooling2d({ poolSize: 2, padding: 'same' }).apply(x),
  averagePooling: (x) => tfl.layers.averagePooling2d({ poolSize: 2, padding: 'same' }).apply(x),
  skip: (x, { b }) => tfl.layers.add().apply([x, conv(channelsOf(x), b, 'tanh').apply(x) as tfl.SymbolicTensor]),
  concatenation: (x, { a, b }) =>
    tfl.layers.concatenate().apply([x, conv(a, b, 'sigmoid').apply(x) as tfl.SymbolicTensor]),
  shared: (x, { b }) => {
    const twice = conv(channelsOf(x), b, 'tanh')
    return twice.apply(twice.apply(x))
  },
}

/** Networks of up to four steps over small images, with every kind of layer that has weights, skips and concatenations. */
export function randomNetworks(): fc.Arbitrary<RandomNetwork> {
  const step = fc.record({
    kind: fc.constantFrom(...Object.keys(steps)),
    a: fc.integer({ min: 1, max: 4 }),
    b: fc.integer({ min: 1, max: 3 }),
    same: fc.boolean(),
  })
  return fc.record({
    size: fc.tuple(fc.integer({ min: 4, max: 6 }), fc.integer({ min: 4, max: 6 }), fc.integer({ min: 1, max: 3 })),
    steps: fc.array(step, { minLength: 1, maxLength: 4 }),
    head: fc.constantFrom('flatten', 'average', 'maximum'),
    m: fc.integer({ min: 1, max: 4 }),
    seed: fc.integer({ min: 0, max: 9999 }),
    classes: fc.boolean(),
    sliceBytes: fc.constantFrom(1, 5000, 2 ** 26),
  })
}

/** The network, with weights and a batch from its seed. Steps for which the images have become too small are left out. */
export function networkCase({ size, steps: wanted, head, m, seed, classes }: RandomNetwork): Case {
  const input = tfl.input({ shape: [...size] })
  let x = input
  for (const step of wanted) {
    const small = Math.min(x.shape[1]!, x.shape[2]!) < 3
    if (!small || !['convolution', 'depthwise', 'separable'].includes(step.kind)) {
      x = steps[step.kind]!(x, step) as tfl.SymbolicTensor
    }
  }
  const heads: Readonly<Record<string, () => tfl.layers.Layer>> = {
    flatten: () => tfl.layers.flatten(),
    average: () => tfl.layers.globalAveragePooling2d({}),
    maximum: () => tfl.layers.globalMaxPooling2d({}),
  }
  const outputs = tfl.layers.dense({ units: 3 }).apply(heads[head]!().apply(x)) as tfl.SymbolicTensor
  const at = randomCase(tfl.model({ inputs: input, outputs }), m, seed)
  if (!classes) return at
  at.batch.labels.dispose()
  const labels = tf.tensor1d(
    Array.from({ length: m }, (_, i) => (i * 7 + seed) % 3),
    'int32',
  )
  return { ...at, loss: softmaxCrossEntropy, batch: { ...at.batch, labels } }
}

function conv(filters: number, kernelSize: number, activation: 'tanh' | 'sigmoid'): tfl.layers.Layer {
  return tfl.layers.conv2d({ filters, kernelSize, padding: 'same', activation })
}

function channelsOf(x: tfl.SymbolicTensor): number {
  return x.shape[3]!
}

function padding(same: boolean): 'same' | 'valid' {
  return same ? 'same' : 'valid'
}
