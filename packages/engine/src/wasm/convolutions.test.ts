import { convolutionKernelGradients } from '@coherent-gradients/kernels/tfjs'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-layers'
import type { Tensor, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { disagreement, disagreementWithCpu, numbers } from './disagreement.test-support.ts'

const zeros = fc.integer({ min: 0, max: 2 })
const padding = fc.oneof(
  fc.constant('same' as const),
  fc.constant('valid' as const),
  fc.tuple(zeros, zeros, zeros, zeros).map(
    ([a, b, c, d]) =>
      [
        [0, 0],
        [a, b],
        [c, d],
        [0, 0],
      ] as never,
  ),
)
const windows = fc.record({
  batch: fc.integer({ min: 1, max: 2 }),
  size: fc.tuple(fc.integer({ min: 4, max: 8 }), fc.integer({ min: 4, max: 8 })),
  taps: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  strides: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })) as fc.Arbitrary<[number, number]>,
  channels: fc.integer({ min: 1, max: 9 }),
  outputs: fc.integer({ min: 1, max: 11 }),
  pad: padding,
})

describe('on engine wasm', () => {
  test.prop([windows], { numRuns: 60 })('a convolution and both its gradients', async (w) => {
    expect(
      await disagreementWithCpu(() => {
        const x = numbers([w.batch, ...w.size, w.channels])
        const kernel = numbers([...w.taps, w.channels, w.outputs], 1)
        const y = (x_: Tensor, k: Tensor): Tensor => tf.conv2d(x_ as Tensor4D, k as Tensor4D, w.strides, w.pad)
        const delta = numbers(y(x, kernel).shape, 2)
        return [y(x, kernel), ...tf.grads((x_, k) => tf.mul(y(x_!, k!), delta))([x, kernel])]
      }),
    ).toBeLessThan(1e-5)
  })

  test.prop([windows, fc.integer({ min: 1, max: 3 })], { numRuns: 40 })(
    'a depthwise convolution and both its gradients',
    async (w, multiplier) => {
      expect(
        await disagreementWithCpu(() => {
          const x = numbers([w.batch, ...w.size, w.channels])
          const kernel = numbers([...w.taps, w.channels, multiplier], 1)
          const stride = Math.max(...w.strides)
          const y = (x_: Tensor, k: Tensor): Tensor => tf.depthwiseConv2d(x_ as Tensor4D, k as Tensor4D, stride, w.pad)
          const delta = numbers(y(x, kernel).shape, 2)
          return [y(x, kernel), ...tf.grads((x_, k) => tf.mul(y(x_!, k!), delta))([x, kernel])]
        }),
      ).toBeLessThan(1e-5)
    },
  )

  it('a gradient of more positions and outputs than are worked on together', async () => {
    expect(
      await disagreementWithCpu(() => {
        const [x, kernel] = [numbers([1, 17, 19, 6]), numbers([3, 3, 6, 139], 1)]
        return tf.grads((x_, k) => tf.square(tf.conv2d(x_ as Tensor4D, k as Tensor4D, 1, 'same')))([x, kernel])
      }),
    ).toBeLessThan(1e-5)
  })

  it('two taps, a stride of 3 and 6 pixels, for which the stock kernel gives zeros', async () => {
    expect(
      await disagreementWithCpu(() =>
        tf.conv2d(numbers([1, 6, 6, 2]) as Tensor4D, numbers([2, 2, 2, 3], 1) as Tensor4D, 3, 'same'),
      ),
    ).toBeLessThan(1e-5)
  })

  test.prop([windows, fc.constantFrom('linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu')], {
    numRuns: 40,
  })('a fused convolution with any activation and any bias', async (w, activation) => {
    expect(
      await disagreementWithCpu(() => {
        const shape = w.batch === 1 ? [w.outputs] : [1, 1, 1, w.outputs]
        return tf.fused.conv2d({
          x: numbers([w.batch, ...w.size, w.channels]) as Tensor4D,
          filter: numbers([...w.taps, w.channels, w.outputs], 1) as Tensor4D,
          strides: w.strides,
          pad: w.pad,
          bias: tf.reshape(numbers([w.outputs], 3), shape),
          activation: activation as 'relu',
          leakyreluAlpha: 0.3,
          ...(activation === 'prelu' ? { preluActivationWeights: numbers([w.outputs], 4) } : {}),
        })
      }),
    ).toBeLessThan(1e-5)
  })

  it('channels first, forward and back', async () => {
    expect(
      await disagreementWithCpu(() => {
        // Its height for its width: with another, tfjs's plain JavaScript errs about the result's.
        const [x, kernel] = [numbers([2, 3, 5, 6]), numbers([3, 3, 3, 4], 1)]
        const y = (x_: Tensor, k: Tensor): Tensor => tf.conv2d(x_ as Tensor4D, k as Tensor4D, 2, 1, 'NCHW')
        return [y(x, kernel), ...tf.grads((x_, k) => tf.square(y(x_!, k!)))([x, kernel])]
      }),
    ).toBeLessThan(1e-5)
  })

  test.prop([windows], { numRuns: 40 })(
    'pooling and its gradients, windows without a positive number among them',
    async (w) => {
      expect(
        await disagreementWithCpu(() => {
          const x = tf.sub(numbers([w.batch, ...w.size, w.channels]), w.batch === 1 ? 3 : 0)
          const pad = w.pad === 'same' ? 'same' : 'valid'
          const max = (x_: Tensor): Tensor => tf.maxPool(x_ as Tensor4D, w.taps, w.strides, pad)
          const mean = (x_: Tensor): Tensor => tf.avgPool(x_ as Tensor4D, w.taps, w.strides, pad)
          const delta = numbers(max(x).shape, 2)
          return [max, mean].flatMap((pool) => [pool(x), tf.grad((x_) => tf.mul(pool(x_), delta))(x)])
        }),
      ).toBeLessThan(1e-5)
    },
  )

  it('a number of zeros on every side of a kernel that is not square', async () => {
    const pairs =
      (pad: number | number[][]): (() => readonly Tensor[]) =>
      () => {
        const [x, kernel] = [numbers([2, 5, 6, 3]), numbers([3, 2, 3, 4], 1)]
        const y = (x_: Tensor, k: Tensor): Tensor => tf.conv2d(x_ as Tensor4D, k as Tensor4D, 2, pad as never)
        return [y(x, kernel), ...tf.grads((x_, k) => tf.square(y(x_!, k!)))([x, kernel])]
      }
    expect(
      await disagreement(
        pairs(1),
        pairs([
          [0, 0],
          [1, 1],
          [1, 1],
          [0, 0],
        ]),
      ),
    ).toBeLessThan(1e-5)
  })

  test.prop([windows], { numRuns: 40 })(
    'the sum of the examples’ gradients of a kernel, and the squared norm of each',
    async (w) => {
      const x = (): Tensor4D => numbers([w.batch + 1, ...w.size, w.channels]) as Tensor4D
      const shape = [...w.taps, w.channels, w.outputs] as [number, number, number, number]
      const deltaOf = (y: Tensor): Tensor4D => numbers(y.shape, 2) as Tensor4D
      const kernel = (): Tensor4D => numbers(shape, 1) as Tensor4D
      const both = (): readonly Tensor[] => {
        const delta = deltaOf(tf.conv2d(x(), kernel(), w.strides, w.pad))
        const window = { strides: w.strides, pad: w.pad, dilations: [1, 1] as const }
        const { sum, squaredNorms } = convolutionKernelGradients(x(), delta, shape, window)!
        return [sum, squaredNorms]
      }
      const oneByOne = (): readonly Tensor[] => {
        const delta = deltaOf(tf.conv2d(x(), kernel(), w.strides, w.pad))
        const gradients = tf.unstack(x()).map((image, i) => {
          const y = (k: Tensor): Tensor => tf.conv2d(tf.expandDims(image) as Tensor4D, k as Tensor4D, w.strides, w.pad)
          return tf.grad((k) => tf.mul(y(k), tf.slice(delta, [i, 0, 0, 0], [1, -1, -1, -1])))(kernel())
        })
        return [tf.addN(gradients), tf.stack(gradients.map((gradient) => tf.sum(tf.square(gradient))))]
      }
      expect(await disagreement(both, oneByOne)).toBeLessThan(1e-5)
    },
  )

  it('a transposed convolution', async () => {
    expect(
      await disagreementWithCpu(() =>
        tf.conv2dTranspose(numbers([3, 4, 2]) as Tensor3D, numbers([3, 3, 5, 2], 1) as Tensor4D, [6, 8, 5], 2, 'same'),
      ),
    ).toBeLessThan(1e-5)
  })
})
