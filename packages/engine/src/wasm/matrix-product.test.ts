import { relativeError } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../index.ts'
import { tensorMemory } from './tensor-memory.ts'

beforeAll(async () => {
  await openEngine('cpu')()
  await openEngine('wasm')()
})

/** What `run` gives on each engine, with no tensor left behind. */
async function onBoth(run: () => tf.Tensor): Promise<[number[], number[]]> {
  const results: number[][] = []
  for (const engine of ['wasm', 'cpu']) {
    await tf.setBackend(engine)
    const before = [tf.memory().numTensors, numDataIds()]
    results.push([...tf.tidy(() => run().dataSync())])
    expect([tf.memory().numTensors, numDataIds()]).toEqual(before)
  }
  await tf.setBackend('wasm')
  return results as [number[], number[]]
}

function numDataIds(): number {
  return (tf.backend() as unknown as { numDataIds(): number }).numDataIds()
}

/** Numbers that differ, a good part of them zero where `zeros`. */
function filled(shape: readonly number[], zeros = false): tf.Tensor {
  const numbers = tf.sin(tf.range(1, 1 + shape.reduce((x, y) => x * y, 1)))
  return tf.reshape(zeros ? tf.relu(numbers) : numbers, [...shape])
}

const side = fc.integer({ min: 1, max: 20 })
const outer = fc.constantFrom<readonly [number[], number[]]>(
  [[], []],
  [[3], [3]],
  [[1], [3]],
  [[3], [1]],
  [[2], [3, 1]],
  [
    [2, 1],
    [1, 3],
  ],
  [[2, 3], [3]],
)

describe('matrix products on wasm', () => {
  test.prop([outer, side, side, side, fc.boolean(), fc.boolean(), fc.boolean()], { numRuns: 100 })(
    'are what plain JavaScript gives, for every transposition, rank and broadcast',
    async ([outerA, outerB], n, k, m, transposeA, transposeB, zeros) => {
      const a = [...outerA, ...(transposeA ? [k, n] : [n, k])]
      const b = [...outerB, ...(transposeB ? [m, k] : [k, m])]
      // Plain JavaScript broadcasts one side at most.
      const outerBoth = tf.broadcast_util.assertAndGetBroadcastShape(outerA, outerB)
      const [wasm, cpu] = await onBoth(() => {
        const [x, y] = [filled(a, zeros), filled(b)]
        if (tf.getBackend() === 'wasm') return tf.matMul(x, y, transposeA, transposeB)
        const whole = (tensor: tf.Tensor): tf.Tensor =>
          tf.broadcastTo(tensor, [...outerBoth, ...tensor.shape.slice(-2)])
        return tf.matMul(whole(x), whole(y), transposeA, transposeB)
      })
      expect(relativeError(wasm, cpu)).toBeLessThan(1e-5)
    },
  )

  describe.each(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const)(
    'with %s',
    (activation) => {
      it.each([[], [7], [1], [1, 7], [5, 7], [5, 1]].map((shape) => [shape]))('and a bias [%s]', async (shape) => {
        const [wasm, cpu] = await onBoth(() =>
          tf.fused.matMul({
            a: filled([5, 9]) as tf.Tensor2D,
            b: filled([7, 9]) as tf.Tensor2D,
            transposeB: true,
            activation,
            leakyreluAlpha: 0.3,
            ...(shape.length > 0 ? { bias: filled(shape) } : {}),
            ...(activation === 'prelu' ? { preluActivationWeights: filled([7]) } : {}),
          }),
        )
        expect(relativeError(wasm, cpu)).toBeLessThan(1e-5)
      })
    },
  )

  it('lose no NaN where zeros are skipped', () => {
    const values = tf.tidy(() => {
      const left = tf.concat([tf.tensor2d([[0, 0, 0, 1]]), tf.zeros([9, 4])])
      const right = tf.concat([tf.mul(tf.ones([1, 40]), Number.POSITIVE_INFINITY), tf.ones([3, 40])])
      return tf.matMul(left, right).dataSync()
    })
    expect(values.every(Number.isNaN)).toBe(true)
  })

  it('go on when the memory has grown in the middle', () => {
    const before = tensorMemory(tf.backend()).memory.buffer.byteLength
    tf.tidy(() => {
      const [a, b] = [filled([30, 40]), filled([40, 30])]
      const first = tf.matMul(a, b).dataSync()
      const large = tf.zeros([before / 4 + 2 ** 20])
      expect(tensorMemory(tf.backend()).memory.buffer.byteLength).toBeGreaterThan(before)
      expect(tf.matMul(a, b).dataSync()).toEqual(first)
      large.dispose()
    })
  })

  it('say what does not fit', () => {
    const call = (a: tf.Tensor, b: tf.Tensor) => () =>
      tf.engine().runKernel('BatchMatMul', { a, b }, { transposeA: false, transposeB: false })
    tf.tidy(() => {
      expect(call(tf.ones([2, 3]), tf.ones([4, 5]))).toThrow(
        /as many rows on the right as columns on the left, 3, found 4/,
      )
    })
  })
})

describe('tensorMemory', () => {
  it('refuses a backend whose memory it cannot share', async () => {
    const cpu = tf.findBackend('cpu')
    expect(() => tensorMemory(cpu)).toThrow(/required tfjs's wasm backend on one thread/)
  })

  it('says so when the memory cannot grow, and leaves the backend in order', () => {
    const memory = tensorMemory(tf.backend())
    const x = tf.ones([4])
    const blocks: number[] = []
    const fill = (): void => {
      for (let i = 0; i < 3; i++) blocks.push(memory.allocate(2 ** 31 - 2 ** 16))
    }
    expect(fill).toThrow(/no room for 2147418112 bytes more: its memory holds \d+ MiB/)
    for (const block of blocks) memory.free(block)
    expect(() => memory.output([2 ** 29], 'float32')).toThrow(/in pieces of less than 2 GiB/)
    expect([...tf.add(x, x).dataSync()]).toEqual([2, 2, 2, 2])
    x.dispose()
  })

  it('gives one block of scratch, which only grows', () => {
    const memory = tensorMemory(tf.backend())
    const large = memory.scratch(2 ** 22)
    expect(memory.scratch(16)).toBe(large)
    expect(memory.scratch(2 ** 22)).toBe(large)
  })
})

describe('the gradient of relu on wasm', () => {
  const x = [-2, 0, 3, Number.NaN]
  const gradient = (): tf.Tensor => tf.grad((z) => tf.mul(tf.relu(z), tf.tensor1d([1, 2, 3, 4])))(tf.tensor1d(x))

  it('is dy · step(x), as in plain JavaScript', async () => {
    const [wasm, cpu] = await onBoth(gradient)
    expect(wasm).toEqual(cpu)
    expect(wasm).toEqual([0, 0, 3, Number.NaN])
  })

  it('has a gradient itself', async () => {
    const second = (): tf.Tensor =>
      tf.grad((z) => tf.sum(tf.square(tf.grad((y) => tf.sum(tf.square(tf.relu(y))))(z))))(tf.tensor1d([-2, 1, 3]))
    const [wasm, cpu] = await onBoth(second)
    expect(wasm).toEqual(cpu)
    expect(wasm).toEqual([0, 8, 24])
  })
})
