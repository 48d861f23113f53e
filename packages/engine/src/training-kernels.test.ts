import {
  denseInputGradient,
  outerProductMean,
  outerProductNorms,
  runTrainingKernel,
  scaledDifferences,
  squaredNorms,
  trainingKernelNames,
} from '@coherent-gradients/kernels/tfjs'
import { relativeError, rightOf, testEngines } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-layers'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from './index.ts'

/** Engines that have these kernels; others compose tfjs operations, as engine cpu does here. */
const engines = testEngines.filter((name) => name === 'wasm' || name === 'tensorflow')

/** What `make` gives on an engine, and that nothing is left behind: neither tensors nor data of the backend. */
async function valuesOn(engine: string, make: () => readonly Tensor[]): Promise<number[][]> {
  rightOf(await openEngine(engine)())
  const held = (): number[] => [tf.memory().numTensors, tf.backend().numDataIds()]
  const before = held()
  const tensors = tf.tidy(() => [...make()])
  const values = await Promise.all(tensors.map(async (tensor) => [...(await tensor.data())]))
  tf.dispose(tensors)
  expect(held()).toEqual(before)
  return values
}

// Whatever the engine has: a kernel, or operations that are composed.
it.each(testEngines)('squared norms and updates on %s are those of plain JavaScript', async (engine) => {
  const make = (): readonly Tensor[] => [
    squaredNorms(matrix(7, 5, 1)),
    ...scaledDifferences([matrix(3, 4, 2)], [matrix(3, 4, 3)], 0.1),
  ]
  const [found, wanted] = [await valuesOn(engine, make), await valuesOn('cpu', make)]
  for (const [i, values] of wanted.entries()) expect(relativeError(found[i]!, values)).toBeLessThan(1e-5)
})

/** Numbers of both signs, some of them 0. */
function matrix(rows: number, columns: number, phase: number): Tensor2D {
  const value = (i: number): number => (i % 5 === 2 ? 0 : Math.sin(1.3 * i + phase))
  return tf.tensor2d(
    Array.from({ length: rows * columns }, (_, i) => value(i)),
    [rows, columns],
  )
}

const size = fc.integer({ min: 1, max: 20 })
const sizes = fc.record({ m: size, d: size, p: size })

describe.each(engines)('the kernels of a training step on %s', (engine) => {
  beforeAll(async () => {
    // What these keep is made with the first of their tensors.
    await openEngine(engine)()
  })

  /** The greatest relative error against tfjs's plain JavaScript of a tensor that `make` gives. */
  const errorOf = async (make: () => readonly Tensor[]): Promise<number> => {
    const [found, wanted] = [await valuesOn(engine, make), await valuesOn('cpu', make)]
    expect(found.map(({ length }) => length)).toEqual(wanted.map(({ length }) => length))
    return Math.max(...wanted.map((values, i) => relativeError(found[i]!, values)))
  }

  test.prop([sizes], { numRuns: 20 })(
    'norms and means of outer products are what tfjs composes',
    async ({ m, d, p }) => {
      const error = await errorOf(() => {
        const [x, y] = [matrix(m, d, 1), matrix(m, p, 2)]
        const cube = tf.reshape(matrix(m, d * p, 3), [m, d, p])
        return [
          outerProductNorms(x, y),
          outerProductMean(x, y),
          squaredNorms(x),
          squaredNorms(cube),
          squaredNorms(tf.reshape(x, [m * d])),
        ]
      })
      expect(error).toBeLessThan(1e-5)
    },
  )

  test.prop([sizes], { numRuns: 20 })(
    'a dense layer’s output and the gradient in its input are, too',
    async ({ m, d, p }) => {
      const error = await errorOf(() => {
        const [x, kernel, dy] = [matrix(m, d, 1), matrix(d, p, 2), matrix(m, p, 3)]
        const bias = tf.reshape(matrix(1, p, 4), [p])
        const output = (rectify: 0 | 1, inputs: object): Tensor => {
          const made = runTrainingKernel('denseOutput', { x, kernel, ...inputs }, { rectify })
          if (made !== undefined) return made
          const sum = 'bias' in inputs ? tf.add(tf.matMul(x, kernel), bias) : tf.matMul(x, kernel)
          return rectify === 1 ? tf.relu(sum) : sum
        }
        return [
          output(0, {}),
          output(1, {}),
          output(0, { bias }),
          output(1, { bias }),
          denseInputGradient(dy, kernel),
          denseInputGradient(dy, kernel, tf.relu(x)),
        ]
      })
      expect(error).toBeLessThan(1e-5)
    },
  )

  it('updates come one by one or all in one launch', async () => {
    const shapes = [[7, 5], [5], [2, 2, 3]]
    const error = await errorOf(() => {
      const tensors = (phase: number): Tensor[] =>
        shapes.map((shape) =>
          tf.reshape(
            matrix(
              1,
              shape.reduce((a, b) => a * b),
              phase,
            ),
            shape,
          ),
        )
      const [x, y] = [tensors(1), tensors(2)]
      return [
        ...scaledDifferences(x, y, 0.3),
        ...scaledDifferences([x[0]!], [y[0]!], -2),
        ...scaledDifferences([], [], 1),
      ]
    })
    expect(error).toBeLessThan(1e-5)
  })

  it('a hundred learning rates leave no more behind than one', async () => {
    for (let i = 1; i <= 100; i++) {
      const values = await valuesOn(engine, () => scaledDifferences([tf.scalar(1)], [tf.scalar(2)], i))
      expect(values).toEqual([[1 - 2 * i]])
    }
  })

  test.prop([fc.record({ m: size, classes: fc.integer({ min: 2, max: 12 }) }), fc.boolean()], { numRuns: 30 })(
    'softmax cross-entropy with its gradient is what each of the two is by itself',
    async ({ m, classes }, byClass) => {
      const labels = (): Tensor =>
        byClass
          ? tf.tensor1d(
              Array.from({ length: m }, (_, i) => (3 * i) % classes),
              'int32',
            )
          : tf.abs(matrix(m, classes, 5))
      const logits = (): Tensor => tf.mul(5, matrix(m, classes, 6))
      const inputs = (): { logits: Tensor; labels: Tensor } => ({ logits: logits(), labels: labels() })
      const together = await valuesOn(engine, () => runTrainingKernel('softmaxCrossEntropyWithGradient', inputs())!)
      const apart = await valuesOn(engine, () => [
        runTrainingKernel('softmaxCrossEntropy', inputs())!,
        runTrainingKernel('softmaxCrossEntropyGradient', { ...inputs(), dy: tf.ones([m]) })!,
      ])
      expect(together).toEqual(apart)
      const wanted = await valuesOn('cpu', () => {
        const y = byClass ? tf.oneHot(labels() as tf.Tensor1D, classes) : labels()
        const loss = (z: Tensor): Tensor => tf.neg(tf.sum(tf.mul(y, tf.logSoftmax(z)), 1))
        return [loss(logits()), tf.grad(loss)(logits())]
      })
      for (const [i, values] of wanted.entries()) {
        values.forEach((value, at) => expect(Math.abs(together[i]![at]! - value)).toBeLessThan(1e-4))
      }
      const twice = await valuesOn(engine, () => [
        tf.max(
          tf.abs(
            tf.sub(
              runTrainingKernel('softmaxCrossEntropyGradient', { ...inputs(), dy: tf.mul(2, tf.ones([m])) })!,
              tf.mul(2, runTrainingKernel('softmaxCrossEntropyWithGradient', inputs())![1]!),
            ),
          ),
        ),
      ])
      expect(twice[0]![0]).toBeLessThan(1e-5)
    },
  )

  it('a class that isn’t there gives its example NaN, and no other', async () => {
    const [losses, gradient] = await valuesOn(engine, () =>
      runTrainingKernel('softmaxCrossEntropyWithGradient', {
        logits: matrix(4, 3, 1),
        labels: tf.tensor1d([0, 3, -1, 2], 'int32'),
      })!,
    )
    expect(losses!.map(Number.isNaN)).toEqual([false, true, true, false])
    expect(gradient!.map(Number.isNaN)).toEqual([0, 1, 1, 0].flatMap((odd) => [odd, odd, odd].map(Boolean)))
  })

  test.prop([
    fc.array(fc.record({ z: fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)), y: fc.nat(2) }), { minLength: 1, maxLength: 9 }),
  ])('right answers are counted by the first of equal outputs', async (examples) => {
    const count = await valuesOn(engine, () => [
      runTrainingKernel('countCorrect', {
        outputs: tf.tensor2d(examples.map(({ z }) => z)),
        labels: tf.tensor1d(
          examples.map(({ y }) => y),
          'int32',
        ),
      })!,
    ])
    expect(count).toEqual([[examples.filter(({ z, y }) => z.indexOf(Math.max(...z)) === y).length]])
  })
})

describe.each(engines.filter((name) => name === 'wasm'))('the kernels of a training step on %s', (engine) => {
  beforeAll(async () => {
    await openEngine(engine)()
  })

  it.each<[keyof typeof trainingKernelNames, Record<string, number[]>, RegExp]>([
    ['outerProductNorms', { x: [3, 2], y: [4, 2] }, /as many rows, found float32 \[3,2\] and float32 \[4,2\]/],
    ['outerProductMean', { x: [3, 2], y: [3] }, /float32 matrices/],
    ['denseOutput', { x: [3, 2], kernel: [2, 4], bias: [2] }, /required a bias \[4\], found \[2\]/],
    ['denseOutput', { x: [3, 2], kernel: [3, 4] }, /required as many rows on the right/],
    ['denseInputGradient', { dy: [3, 4], kernel: [2, 4], rectified: [3, 3] }, /of one shape/],
    ['scaledDifferences', { x0: [2], y0: [2], x1: [2], y1: [3] }, /of one shape/],
  ])('%s refuses shapes that don’t fit, and leaves nothing behind', (name, shapes, message) => {
    const before = [tf.memory().numTensors, tf.backend().numDataIds()]
    tf.tidy(() => {
      const inputs = Object.fromEntries(Object.entries(shapes).map(([key, shape]) => [key, tf.ones(shape)]))
      expect(() => runTrainingKernel(name, inputs, { scale: 1 })).toThrow(message)
    })
    expect([tf.memory().numTensors, tf.backend().numDataIds()]).toEqual(before)
  })
})
