import { relativeError, rightOf, testEngines } from '@coherent-gradients/testkit'
import { trainingKernelNames } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../index.ts'
import { mendTensorflowKernels } from './mend-tensorflow-kernels.ts'

/** Values on the engine, and that nothing is left behind: neither tensors nor data of the backend. */
async function valuesOn(engine: string, make: () => tf.Tensor): Promise<number[]> {
  rightOf(await openEngine(engine)())
  const backend = tf.backend() as unknown as { numDataIds(): number }
  const before = [tf.memory().numTensors, backend.numDataIds()]
  const tensor = tf.tidy(make)
  const values = [...tensor.dataSync()]
  tensor.dispose()
  expect([tf.memory().numTensors, backend.numDataIds()]).toEqual(before)
  return values
}

const numbers = (shape: number[], by = 1): tf.Tensor =>
  tf.reshape(tf.sin(tf.mul(by, tf.range(1, 1 + shape.reduce((a, b) => a * b, 1)))), shape)
const odd = [-2, -0, 0, 3, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]

it('has nothing to mend before tfjs-node is loaded', () => {
  expect(mendTensorflowKernels).toThrow('engine tensorflow has no kernel Reshape')
})

describe.each(testEngines.filter((name) => name === 'tensorflow'))('the kernels that are mended on %s', (engine) => {
  beforeAll(async () => {
    await valuesOn(engine, () => tf.scalar(1))
  })

  it.each([false, true])('multiply two matrices as plain JavaScript does; a transposed: %s', async (transposeA) => {
    for (const transposeB of [false, true]) {
      const product = (): tf.Tensor =>
        tf.matMul(
          numbers(transposeA ? [5, 3] : [3, 5]),
          numbers(transposeB ? [4, 5] : [5, 4], 2),
          transposeA,
          transposeB,
        )
      expect(relativeError(await valuesOn(engine, product), await valuesOn('cpu', product))).toBeLessThan(1e-6)
    }
  })

  it('keep a tensor that was reshaped to its own shape or cast to its own type when the first is gone', async () => {
    for (const same of [(x: tf.Tensor) => tf.reshape(x, [7]), (x: tf.Tensor) => tf.cast(x, 'float32')]) {
      const values = await valuesOn(engine, () => {
        const x = tf.tensor1d(odd)
        const y = same(x)
        x.dispose()
        return y
      })
      expect(values).toEqual(odd)
    }
    expect(await valuesOn(engine, () => tf.reshape(tf.tensor1d([1, 2, 3, 4]), [2, -1]))).toEqual([1, 2, 3, 4])
    expect(await valuesOn(engine, () => tf.cast(tf.tensor1d([0.5, 2.9]), 'int32'))).toEqual([0, 2])
  })

  it('step as tfjs defines it', async () => {
    expect(await valuesOn(engine, () => tf.step(tf.tensor1d(odd)))).toEqual([0, 0, 0, 1, Number.NaN, 1, 0])
    expect(await valuesOn(engine, () => tf.step(tf.tensor1d([-1, 2]), 0.5))).toEqual([0.5, 1])
  })

  it('go back through ReLU', async () => {
    const back = (): tf.Tensor => {
      const inputs = { dy: tf.tensor1d([1, 2, 3, 4]), x: tf.tensor1d([-1, 0, 2, -0]) }
      return tf.engine().runKernel(trainingKernelNames.reluGradient, inputs) as tf.Tensor
    }
    expect(await valuesOn(engine, back)).toEqual([0, 0, 3, 0])
  })
})
