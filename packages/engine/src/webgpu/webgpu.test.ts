import { relativeError, testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openEngine } from '../index.ts'
import { openGpu } from '../platform.browser.ts'

describe('a browser', () => {
  afterEach(() => vi.unstubAllGlobals())

  it.each([
    ['without WebGPU', true, /has no navigator.gpu/],
    ['on a page that was not served securely', false, /use https or localhost/],
  ])('%s says so', async (_, isSecureContext, message) => {
    vi.stubGlobal('navigator', {})
    vi.stubGlobal('isSecureContext', isSecureContext)
    await expect(openGpu(true)).rejects.toThrow(message)
  })
})

it('is unavailable without an adapter, and says what to do', async () => {
  vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => null } })
  const opened = await openEngine('webgpu')()
  vi.unstubAllGlobals()
  expect(opened).toMatchObject({ left: { _tag: 'EngineUnavailable', message: /finds no adapter: install the GPU's/ } })
})

// Where there is an adapter: the environment says so by naming the engine.
describe.each(testEngines.filter((name) => name === 'webgpu'))('%s on an adapter', { timeout: 300_000 }, () => {
  beforeAll(async () => {
    const opened = await openEngine('webgpu')()
    if (opened._tag === 'Left') throw new Error(opened.left.message)
    expect(opened.right).toMatchObject({ backend: 'webgpu', reproducible: false })
    expect(opened.right.description).toMatch(/^webgpu \(tfjs 4\.\d+\.\d+, .+\)$/)
  })

  it.each([-1, 0, 1, 2, 3])('multiplies matrices rightly by every program of tfjs: %i', async (type) => {
    const before = tf.env().get('WEBGPU_MATMUL_PROGRAM_TYPE')
    tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', type)
    for (const [n, k, m] of [
      [3, 70, 5],
      [13, 9, 10],
    ] as const) {
      for (const [transposeA, transposeB] of [
        [false, false],
        [true, false],
        [false, true],
        [true, true],
      ] as const) {
        const a = numbers(n, k, 1)
        const b = numbers(k, m, 2)
        const product = tf.tidy(() =>
          tf.matMul(
            tf.tensor2d(transposeA ? transposed(a) : a),
            tf.tensor2d(transposeB ? transposed(b) : b),
            transposeA,
            transposeB,
          ),
        )
        const expected = a.map((row) => b[0]!.map((_, j) => row.reduce((sum, x, i) => sum + x * b[i]![j]!, 0)))
        expect(relativeError([...(await product.data())], expected.flat())).toBeLessThan(1e-5)
        product.dispose()
      }
    }
    tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', before)
  })

  it('sums up backwards whatever the length, and keeps the dimensions of a product', async () => {
    for (const forward of [true, false]) {
      tf.env().set('WEBGPU_CPU_FORWARD', forward)
      for (const length of [7, 3, 5]) {
        const x = tf.range(1, length + 1)
        const sums = tf.cumsum(x, -1, true, true)
        const expected = Array.from({ length }, (_, i) => (length * (length + 1) - (i + 1) * (i + 2)) / 2)
        expect([...(await sums.data())]).toEqual(expected)
        tf.dispose([x, sums])
      }
      const product = tf.prod(
        tf.tensor2d([
          [1, 2],
          [3, 4],
        ]),
        1,
        true,
      )
      expect(product.shape).toEqual([2, 1])
      expect([...(await product.data())]).toEqual([2, 12])
      product.dispose()
    }
  })

  it('holds no more tensors and no more memory after many rounds', async () => {
    const round = async (): Promise<void> => {
      const x = tf.tidy(() => {
        const a = tf.ones([40, 40])
        return tf.mean(tf.relu(tf.sub(tf.matMul(a, a, true), tf.cumsum(a, 0, false, true))))
      })
      await x.data()
      x.dispose()
    }
    await round()
    await round()
    const { numTensors, numDataBuffers, ...more } = tf.memory()
    for (let i = 0; i < 50; i++) await round()
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers })
    const allocated = (memory: object): number => Reflect.get(memory, 'numBytesAllocatedInGPU') as number
    expect(allocated(tf.memory())).toBe(allocated(more))
  })

  it('lets a program end', async () => {
    const path = fileURLToPath(new URL('exits.test-support.ts', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [path])
    expect(stdout).toBe('2500')
  })

  // Last: nothing can be read after it.
  it('refuses to be read after an error of the device', async () => {
    const { device } = tf.backend() as unknown as { device: GPUDevice }
    const x = tf.ones([4])
    const y = tf.add(x, 1)
    device.createBuffer({ size: 2 ** 50, usage: 128 }).destroy()
    await expect(y.data()).rejects.toThrow(/^webgpu: Buffer size .* exceeds/)
    device.destroy()
    await expect(tf.add(x, 2).data()).rejects.toThrow(/^webgpu: /)
  })
})

function numbers(rows: number, columns: number, seed: number): number[][] {
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (__, j) => Math.sin(seed + 3 * i + j * j)),
  )
}

function transposed(rows: readonly (readonly number[])[]): number[][] {
  return rows[0]!.map((_, j) => rows.map((row) => row[j]!))
}
