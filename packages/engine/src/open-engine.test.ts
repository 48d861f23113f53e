import { relativeError } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it, vi } from 'vitest'
import { openEngine } from './index.ts'

async function open(name?: string): Promise<string> {
  const engine = await openEngine(name)()
  return engine._tag === 'Right' ? engine.right.name : engine.left.message
}

describe('openEngine', () => {
  it('opens the engine that is named and makes it current', async () => {
    expect(await open('cpu')).toBe('cpu')
    expect(tf.getBackend()).toBe('cpu')
    expect(await open('wasm')).toBe('wasm')
    expect(tf.getBackend()).toBe('wasm')
  })

  it('takes what opens by itself: wasm where there is neither TensorFlow nor a GPU', async () => {
    vi.stubEnv('COHERENT_GRADIENTS_CACHE', '/nowhere')
    expect(['webgpu', 'wasm']).toContain(await open())
    vi.unstubAllEnvs()
  })

  it('refuses a name that is no engine and says which there are', async () => {
    expect(await open('abacus')).toBe("unknown engine 'abacus': choose auto, tensorflow, webgpu, wasm, cpu")
  })
})

describe('the mended matrix product', () => {
  const side = fc.integer({ min: 1, max: 7 })
  const batchShape = fc.constantFrom<number[][]>(
    [[], []],
    [[3], [3]],
    [[1], [3]],
    [[3], [1]],
    [
      [2, 3],
      [2, 3],
    ],
  )

  test.prop([batchShape, side, side, side, fc.boolean(), fc.boolean()], { numRuns: 60 })(
    'gives what plain JavaScript gives, for every transposition, rank and broadcast',
    async ([outerA, outerB], n, k, m, transposeA, transposeB) => {
      const a = [...outerA!, ...(transposeA ? [k, n] : [n, k])]
      const b = [...outerB!, ...(transposeB ? [m, k] : [k, m])]
      const product = async (engine: string): Promise<number[]> => {
        await open(engine)
        const before = tf.memory().numTensors
        const values = tf.tidy(() => {
          const fill = (shape: number[]): tf.Tensor =>
            tf.reshape(tf.sin(tf.range(1, 1 + shape.reduce((x, y) => x * y, 1))), shape)
          return [...tf.matMul(fill(a), fill(b), transposeA, transposeB).dataSync()]
        })
        expect(tf.memory().numTensors).toBe(before)
        return values
      }
      expect(relativeError(await product('wasm'), await product('cpu'))).toBeLessThan(1e-5)
    },
  )

  it('frees its temporaries', async () => {
    await open('wasm')
    const x = tf.ones([64, 64])
    const backend = tf.backend() as unknown as { numDataIds(): number }
    const before = backend.numDataIds()
    for (let i = 0; i < 20; i++) tf.matMul(x, x, true, true).dispose()
    expect(backend.numDataIds()).toBe(before)
    x.dispose()
  })
})
