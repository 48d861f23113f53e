import { trimmedMeanOfFactors, winsorizedMeanOfFactors, winsorizedMeanOfRows } from '@coherent-gradients/kernels'
import { kernelNames, setKernelThreads } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../index.ts'
import { tensorPlacesOf } from './tensor-places-of.ts'

const [rows, inputs, outputs] = [70, 130, 50]
const ranks = { lower: 5, upper: 64 }

beforeAll(async () => {
  setKernelThreads(2)
  await openEngine('wasm')()
})
afterAll(() => setKernelThreads(1))

/** Made of sines, about half of it zeros, below zero too where it is signed. */
function numbers(length: number, signed: boolean): Float32Array {
  return Float32Array.from({ length }, (_, i) => {
    const x = Math.sin(i * i + i)
    return Math.abs(x) < 0.5 ? 0 : signed ? x : Math.abs(x)
  })
}

function run(name: string, ...given: readonly (readonly [string, Float32Array, number])[]): Float32Array {
  return tf.tidy(() => {
    const tensors = Object.fromEntries(
      given.map(([input, values, width]) => [input, tf.tensor2d(values, [values.length / width, width])]),
    )
    const attributes = { lowerRank: ranks.lower, upperRank: ranks.upper }
    return tf.engine().runKernel<tf.Tensor>(name, tensors, attributes).dataSync() as Float32Array
  })
}

describe('order statistics on wasm', () => {
  it('are made where the tensors lie', () => {
    for (const threads of [1, 2]) {
      setKernelThreads(threads)
      expect(tensorPlacesOf(tf.backend())).toBeDefined()
    }
  })

  it.each([false, true])(
    'are those of the plain kernels to the bit, for any number of threads (signed: %s)',
    (signed) => {
      const activations = numbers(rows * inputs, signed)
      const deltas = numbers(rows * outputs, true)
      const stack = { activations, deltas, rows, inputs, outputs }
      const factors = [
        ['activations', activations, inputs],
        ['deltas', deltas, outputs],
      ] as const
      const before = tf.memory().numTensors
      for (const threads of [1, 2, 3]) {
        setKernelThreads(threads)
        expect(run(kernelNames.winsorizedMeanOfFactors, ...factors)).toEqual(winsorizedMeanOfFactors(stack, ranks))
        expect(run(kernelNames.trimmedMeanOfFactors, ...factors)).toEqual(trimmedMeanOfFactors(stack, ranks))
      }
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  it('are those of the plain kernels over formed rows', () => {
    const columns = 5000
    const values = numbers(rows * columns, true)
    for (const threads of [1, 2, 3]) {
      setKernelThreads(threads)
      expect(run(kernelNames.winsorizedMeanOfRows, ['rows', values, columns])).toEqual(
        winsorizedMeanOfRows({ values, rows, columns }, ranks),
      )
    }
  })

  it.each([NaN, Infinity])('refuse %d, name its row, and leave nothing behind', (value) => {
    const activations = numbers(rows * inputs, false)
    const deltas = numbers(rows * outputs, true)
    const spoilt = Float32Array.from(deltas, (x, i) => (i === 66 * outputs + 3 ? value : x))
    for (const threads of [1, 2]) {
      setKernelThreads(threads)
      const before = tf.memory()
      const found = /required finite values, found .* in row 66 of 70/
      const given = ['activations', activations, inputs] as const
      expect(() => run(kernelNames.winsorizedMeanOfFactors, given, ['deltas', spoilt, outputs])).toThrow(found)
      expect(() => run(kernelNames.winsorizedMeanOfRows, ['rows', spoilt, outputs])).toThrow(found)
      expect(tf.memory()).toEqual(before)
    }
  })

  it('refuse ranks that are none and factors of unequal rows', () => {
    const given = ['activations', numbers(80 * inputs, false), inputs] as const
    const deltas = numbers(rows * outputs, true)
    const before = tf.memory().numTensors
    expect(() => run(kernelNames.winsorizedMeanOfFactors, given, ['deltas', deltas, outputs])).toThrow(
      /required 80 × 50/,
    )
    expect(() => run(kernelNames.winsorizedMeanOfRows, ['rows', new Float32Array(20), 1])).toThrow(/required ranks/)
    expect(tf.memory().numTensors).toBe(before)
  })
})
