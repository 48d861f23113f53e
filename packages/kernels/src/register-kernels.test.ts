import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { winsorizedMeanOfFactors, winsorizedMeanOfRows, trimmedMeanOfFactors, trimmedMeanOfRows } from './index.ts'
import { factoredLayer, formed } from './mnist-layers.test-support.ts'
import { kernelNames, kernelThreads, registerKernels, setKernelThreads } from './tfjs.ts'

const layer = factoredLayer(30, 6, 4, { activations: 0.5, deltas: 1 })
const formedLayer = formed(layer)
const attributes = { lowerRank: 3, upperRank: 26 }
const ranks = { lower: 3, upper: 26 }

describe.each(['cpu', 'wasm'])('registerKernels on %s', (backend) => {
  beforeAll(async () => {
    registerKernels(backend)
    await tf.setBackend(backend)
  })
  afterAll(() => tf.removeBackend(backend))

  const run = (name: string, inputs: tf.NamedTensorMap, attrs: object = attributes): tf.Tensor =>
    tf.engine().runKernel(name, inputs, attrs as tf.NamedAttrMap)

  test('runs over formed rows', () => {
    const before = tf.memory().numTensors
    const rows = tf.tensor2d(formedLayer.values, [30, 24])
    for (const [name, kernel] of [
      [kernelNames.winsorizedMeanOfRows, winsorizedMeanOfRows],
      [kernelNames.trimmedMeanOfRows, trimmedMeanOfRows],
    ] as const) {
      const result = run(name, { rows })
      expect(result.shape).toEqual([24])
      expect(result.dataSync()).toEqual(kernel(formedLayer, ranks))
      expect(rows.dataSync()).toEqual(formedLayer.values)
      result.dispose()
    }
    rows.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  test('runs over factors', () => {
    const before = tf.memory().numTensors
    const activations = tf.tensor2d(layer.activations, [30, 6])
    const deltas = tf.tensor2d(layer.deltas, [30, 4])
    for (const [name, kernel] of [
      [kernelNames.winsorizedMeanOfFactors, winsorizedMeanOfFactors],
      [kernelNames.trimmedMeanOfFactors, trimmedMeanOfFactors],
    ] as const) {
      const result = run(name, { activations, deltas })
      expect(result.shape).toEqual([6, 4])
      expect(result.dataSync()).toEqual(kernel(layer, ranks))
      result.dispose()
    }
    tf.dispose([activations, deltas])
    expect(tf.memory().numTensors).toBe(before)
  })

  test('its result goes on as a tensor of the backend, and the backend can be tidied', () => {
    const doubled = tf.tidy(() =>
      tf.mul(run(kernelNames.winsorizedMeanOfRows, { rows: tf.tensor2d(formedLayer.values, [30, 24]) }), 2),
    )
    expect(doubled.dataSync()).toEqual(winsorizedMeanOfRows(formedLayer, ranks).map((value) => value * 2))
    doubled.dispose()
  })

  test('refuses what is not a float32 matrix', () => {
    const rows = tf.tensor1d([1, 2])
    expect(() => run(kernelNames.winsorizedMeanOfRows, { rows })).toThrow(
      /required a float32 matrix as "rows", found float32 \[2\]/,
    )
    rows.dispose()
  })

  test('gives the same bits on any number of threads', () => {
    const large = factoredLayer(40, 128, 64, { activations: 0.5, deltas: 0.6 })
    const activations = tf.tensor2d(large.activations, [40, 128])
    const deltas = tf.tensor2d(large.deltas, [40, 64])
    for (const threads of [1, 2, 3]) {
      setKernelThreads(threads)
      expect(kernelThreads()).toBe(threads === 1 ? '1 thread' : `${threads} threads`)
      const result = run(kernelNames.winsorizedMeanOfFactors, { activations, deltas })
      expect(result.dataSync()).toEqual(winsorizedMeanOfFactors(large, ranks))
      result.dispose()
    }
    tf.dispose([activations, deltas])
  })

  test('can be called again without effect', () => {
    const kernel = tf.getKernel(kernelNames.winsorizedMeanOfRows, backend)
    registerKernels(backend)
    expect(tf.getKernel(kernelNames.winsorizedMeanOfRows, backend)).toBe(kernel)
  })
})

test('setKernelThreads refuses what is not a number of threads', () => {
  expect(() => setKernelThreads(0)).toThrow(/required a whole number of threads ≥ 1, found 0/)
})

test('registerKernels refuses a backend that reads asynchronously, and says why', () => {
  expect(() => registerKernels('webgpu')).toThrow(/found webgpu, which reads asynchronously/)
  expect(tf.getKernel(kernelNames.winsorizedMeanOfRows, 'webgpu')).toBeUndefined()
})

test('registerKernels takes a backend that tfjs does not know yet', () => {
  registerKernels('later')
  expect(tf.getKernel(kernelNames.winsorizedMeanOfRows, 'later')).toBeDefined()
})
