import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { disagreements, onEngine, randomCase } from './agreement.test-support.ts'

type Layer = tfl.layers.Layer

const onImages: Record<string, () => Layer> = {
  activation: () => tfl.layers.activation({ activation: 'swish' }),
  alphaDropout: () => tfl.layers.alphaDropout({ rate: 0.4 }),
  averagePooling2d: () => tfl.layers.averagePooling2d({ poolSize: 2, strides: 1, padding: 'same' }),
  cropping2D: () =>
    tfl.layers.cropping2D({
      cropping: [
        [1, 0],
        [0, 2],
      ],
    }),
  dropout: () => tfl.layers.dropout({ rate: 0.4 }),
  elu: () => tfl.layers.elu(),
  flatten: () => tfl.layers.flatten(),
  gaussianDropout: () => tfl.layers.gaussianDropout({ rate: 0.4 }),
  gaussianNoise: () => tfl.layers.gaussianNoise({ stddev: 1 }),
  globalAveragePooling2d: () => tfl.layers.globalAveragePooling2d({}),
  globalMaxPooling2d: () => tfl.layers.globalMaxPooling2d({}),
  leakyReLU: () => tfl.layers.leakyReLU({ alpha: 0.2 }),
  maxPooling2d: () => tfl.layers.maxPooling2d({ poolSize: [2, 2] }),
  permute: () => tfl.layers.permute({ dims: [3, 1, 2] }),
  reLU: () => tfl.layers.reLU({ maxValue: 6 }),
  reshape: () => tfl.layers.reshape({ targetShape: [4, 6] }),
  softmax: () => tfl.layers.softmax({ axis: 3 }),
  upSampling2d: () => tfl.layers.upSampling2d({ size: [2, 3] }),
  zeroPadding2d: () =>
    tfl.layers.zeroPadding2d({
      padding: [
        [1, 0],
        [2, 1],
      ],
    }),
}

const onSequences: Record<string, () => Layer> = {
  averagePooling1d: () => tfl.layers.averagePooling1d({ poolSize: 2 }),
  globalAveragePooling1d: () => tfl.layers.globalAveragePooling1d(),
  globalMaxPooling1d: () => tfl.layers.globalMaxPooling1d(),
  spatialDropout1d: () => tfl.layers.spatialDropout1d({ rate: 0.4 }),
  maxPooling1d: () => tfl.layers.maxPooling1d({ poolSize: 2 }),
}

const ofTwo: Record<string, () => Layer> = {
  add: () => tfl.layers.add(),
  average: () => tfl.layers.average(),
  concatenate: () => tfl.layers.concatenate({ axis: 1 }),
  dot: () => tfl.layers.dot({ axes: 1 }),
  maximum: () => tfl.layers.maximum(),
  minimum: () => tfl.layers.minimum(),
  multiply: () => tfl.layers.multiply(),
}

describe.each(testEngines)('on %s, gradients go through', (engine) => {
  onEngine(engine)

  const agree = async (
    inputShape: readonly number[],
    middle: (hidden: tfl.SymbolicTensor) => unknown,
  ): Promise<string[]> => {
    const input = tfl.input({ shape: [...inputShape] })
    const hidden = tfl.layers.dense({ units: inputShape.at(-1)!, activation: 'tanh' }).apply(input)
    const through = middle(hidden as tfl.SymbolicTensor) as tfl.SymbolicTensor
    const flat = through.shape.length > 2 ? tfl.layers.flatten().apply(through) : through
    const outputs = tfl.layers.dense({ units: 2 }).apply(flat) as tfl.SymbolicTensor
    const at = randomCase(tfl.model({ inputs: input, outputs }), 3, 17)
    const found = await disagreements(at)
    at.model.dispose()
    tf.dispose([at.batch.inputs, at.batch.labels])
    return found
  }

  it.each(Object.keys(onImages))('%s', async (name) => {
    expect(await agree([4, 3, 2], (hidden) => onImages[name]!().apply(hidden))).toEqual([])
  })

  it.each(Object.keys(onSequences))('%s', async (name) => {
    expect(await agree([4, 3], (hidden) => onSequences[name]!().apply(hidden))).toEqual([])
  })

  it('upSampling2d between pixels, of square images: tfjs refuses others', async () => {
    const bilinear = (hidden: tfl.SymbolicTensor): unknown =>
      tfl.layers.upSampling2d({ size: [2, 2], interpolation: 'bilinear' }).apply(hidden)
    expect(await agree([3, 3, 2], bilinear)).toEqual([])
  })

  it('repeatVector', async () => {
    expect(await agree([4], (hidden) => tfl.layers.repeatVector({ n: 3 }).apply(hidden))).toEqual([])
  })

  it.each(Object.keys(ofTwo))('%s', async (name) => {
    const both = (hidden: tfl.SymbolicTensor): unknown =>
      ofTwo[name]!().apply([hidden, tfl.layers.dense({ units: 3, activation: 'sigmoid' }).apply(hidden)] as never)
    expect(await agree([4, 3], both)).toEqual([])
  })
})
