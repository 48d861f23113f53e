import { rightOf } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-layers'
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { openEngine } from './index.ts'

interface Backend {
  numDataIds(): number
  readonly wasm?: { readonly HEAPU8: Uint8Array }
}

async function open(name: string): Promise<Backend> {
  rightOf(await openEngine(name)())
  return tf.backend() as unknown as Backend
}

describe.each(['wasm', 'cpu'])('on engine %s', (name) => {
  it('a thousand training steps leave no tensor and no numbers behind', { timeout: 120_000 }, async () => {
    const backend = await open(name)
    const normal = (shape: number[], seed: number): Variable =>
      tf.variable(tf.randomNormal(shape, 0, 0.3, 'float32', seed))
    const [kernel, depthwise, table, dense, bias, scale] = [
      normal([2, 2, 2, 3], 1) as Variable<tf.Rank.R4>,
      normal([2, 2, 3, 1], 2) as Variable<tf.Rank.R4>,
      normal([5, 3], 3) as Variable<tf.Rank.R2>,
      normal([12, 4], 4) as Variable<tf.Rank.R2>,
      normal([4], 5) as Variable<tf.Rank.R1>,
      normal([3], 6) as Variable<tf.Rank.R1>,
    ]
    const variables = [kernel, depthwise, table, dense, bias, scale]
    const images = tf.randomNormal([3, 5, 5, 2], 0, 1, 'float32', 7) as Tensor4D
    const words = tf.tensor1d([1, 4, 1], 'int32')
    const labels = tf.oneHot(tf.tensor1d([0, 3, 1], 'int32'), 4) as Tensor2D
    const loss = (): Scalar => {
      const first = tf.relu(tf.conv2d(images, kernel, 2, 'same'))
      const { mean, variance } = tf.moments(first, [0, 1, 2])
      const normal_ = tf.batchNorm(first, mean as Tensor1D, variance as Tensor1D, mean as Tensor1D, scale) as Tensor4D
      const second = tf.depthwiseConv2d(normal_, depthwise, 1, 'same')
      const pooled = tf.add(tf.maxPool(second, 2, 1, 'valid'), tf.reshape(tf.gather(table, words), [3, 1, 1, 3]))
      const logits = tf.fused.matMul({ a: tf.reshape(pooled, [3, 12]) as Tensor2D, b: dense, bias })
      return tf.losses.softmaxCrossEntropy(labels, logits)
    }
    const optimizer = tf.train.sgd(0.01)
    const step = (): void => {
      const { value, grads } = tf.variableGrads(loss, variables)
      optimizer.applyGradients(grads)
      tf.dispose([value, grads as unknown as Tensor])
    }
    const held = (): readonly (number | undefined)[] => [
      tf.memory().numTensors,
      backend.numDataIds(),
      backend.wasm?.HEAPU8.byteLength,
    ]
    for (let i = 0; i < 20; i++) step()
    const before = held()
    for (let i = 0; i < 1000; i++) step()
    expect(held()).toEqual(before)
    optimizer.dispose()
    tf.dispose([...variables, images, words, labels])
  })
})

describe('a wasm memory that cannot grow', () => {
  it('leaves nothing behind of an operation that had no room', async () => {
    const backend = (await open('wasm')) as unknown as tf.KernelBackend & Backend
    const [x, kernel] = [tf.ones([1, 256, 256, 16]) as Tensor4D, tf.ones([3, 3, 16, 16]) as Tensor4D]
    const held: object[] = []
    for (const size of [2 ** 28, 2 ** 24, 2 ** 19]) {
      try {
        for (;;) held.push(backend.write(null as never, [size], 'float32'))
      } catch {
        // So much no longer fits.
      }
    }
    const ids = backend.numDataIds()
    const run =
      (name: string, inputs: object, attributes: object = {}) =>
      (): unknown =>
        tf.engine().runKernel(name, inputs as never, attributes as never)
    const window = { pad: 'same', dataFormat: 'NHWC' }
    for (const operation of [
      run('Conv2D', { x, filter: kernel }, { ...window, strides: 1, dilations: 1 }),
      run('Conv2DBackpropInput', { dy: x, filter: kernel }, { ...window, strides: 1, inputShape: x.shape }),
      run('Conv2DBackpropInput', { dy: x, filter: kernel }, { ...window, strides: 2, inputShape: [1, 511, 511, 16] }),
      run('Conv2DBackpropFilter', { x, dy: x }, { ...window, strides: 1, filterShape: [3, 3, 2 ** 9, 2 ** 9] }),
      run('Einsum', [x, x], { equation: 'abcd,abcd->dcba' }),
      run('Transpose', { x }, { perm: [3, 2, 1, 0] }),
      run('MaxPoolGrad', { dy: x, input: x, output: x }, { filterSize: 1, strides: 1, pad: 'same' }),
    ]) {
      expect(operation).toThrow(/engine wasm: no room for \d+ bytes more/)
      expect(backend.numDataIds()).toBe(ids)
    }
    for (const dataId of held) backend.disposeData(dataId)
    tf.dispose([x, kernel])
  })

  it('is an error that says so, after which the engine goes on', async () => {
    const backend = (await open('wasm')) as unknown as tf.KernelBackend & Backend
    const ids = backend.numDataIds()
    const held: object[] = []
    const fill = (): void => {
      // Never written to: it takes addresses, but no memory.
      for (let i = 0; i < 10; i++) held.push(backend.write(null as never, [2 ** 28], 'float32'))
    }
    expect(fill).toThrow(/engine wasm: no room for 1073741824 bytes more: its memory holds \d+ MiB/)
    for (const dataId of held) backend.disposeData(dataId)
    expect(tf.tidy(() => tf.sum(tf.matMul(tf.ones([10, 2]), tf.ones([2, 5]))).dataSync()[0])).toBe(100)
    expect(backend.numDataIds()).toBe(ids)
  })
})
