import { kernelThreadCount, setKernelThreads } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../index.ts'
import { tensorMemory } from './tensor-memory.ts'
import { withSharedMemory } from './with-shared-memory.ts'

async function describeEngine(): Promise<string> {
  const opened = await openEngine('wasm')()
  return opened._tag === 'Right' ? opened.right.description : opened.left.message
}

beforeAll(async () => {
  setKernelThreads(2)
  await describeEngine()
})

/** The bytes of some products on so many threads, large enough for them, and one that broadcasts. */
function productsOn(threads: number): Uint8Array {
  setKernelThreads(threads)
  const [a, b] = [[3, 130, 150] as const, [170, 150] as const].map((shape) =>
    tf.relu(tf.reshape(tf.sin(tf.range(0, tf.util.sizeFromShape([...shape]))), [...shape])),
  )
  const all = tf.tidy(() => [
    tf.matMul(a!, b!, false, true).dataSync(),
    tf.matMul(tf.sub(a!, 0.5), b!, false, true).dataSync(),
    tf.matMul(tf.reshape(a!, [390, 150]), tf.reshape(a!, [390, 150]), true).dataSync(),
  ])
  tf.dispose([a!, b!])
  return Buffer.concat(all.map((numbers) => new Uint8Array(numbers.buffer)))
}

describe('threads on wasm', () => {
  it('share the memory of the tensors, and the engine says how many they are', async () => {
    expect(tensorMemory(tf.backend()).memory.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(await describeEngine()).toMatch(/^wasm \(tfjs \d+\.\d+\.\d+, 2 threads\)$/)
    setKernelThreads(1)
    expect(await describeEngine()).toMatch(/, one thread\)$/)
  })

  it('give the same bytes, however many', () => {
    const one = productsOn(1)
    for (const threads of [2, 3, 1]) {
      expect(Buffer.compare(productsOn(threads), one)).toBe(0)
      expect(kernelThreadCount()).toBe(threads)
    }
  })

  it('see tensors beyond where the memory ended when they started', () => {
    const before = productsOn(2)
    const { memory } = tensorMemory(tf.backend())
    const bytes = memory.buffer.byteLength
    const large = tf.zeros([bytes / 4])
    expect(memory.buffer.byteLength).toBeGreaterThan(bytes)
    expect(Buffer.compare(productsOn(2), before)).toBe(0)
    large.dispose()
  })

  it('do not keep a process alive', { timeout: 60_000 }, async () => {
    const program = `
      import * as tf from '@tensorflow/tfjs-core'
      import { setKernelThreads } from '@coherent-gradients/kernels/tfjs'
      import { openEngine } from './src/index.ts'
      setKernelThreads(2)
      await openEngine('wasm')()
      for (let i = 0; i < 100; i++) tf.matMul(tf.ones([200, 200]), tf.ones([200, 200])).dispose()
      await new Promise((resolve) => setTimeout(resolve, 200))
      console.log(tf.sum(tf.matMul(tf.ones([200, 200]), tf.ones([200, 200]))).dataSync()[0])
    `
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
      cwd: new URL('../..', import.meta.url),
      timeout: 50_000,
    })
    expect(stdout.trim()).toBe(String(200 ** 3))
  })
})

describe('withSharedMemory', () => {
  const start = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
  const module = (...sections: number[]): Uint8Array => Uint8Array.from([...start, ...sections])
  // A custom section of 3 bytes, its length in two; then one memory of 1 to 2 pages, exported.
  const custom = [0, 0x83, 0, 1, 0x78, 0]
  const exported = [7, 5, 1, 1, 0x6d, 2, 0]

  it('makes a module’s own memory one that threads can share', () => {
    const plain = module(...custom, 5, 4, 1, 1, 1, 2, ...exported)
    const shared = withSharedMemory(plain)!
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(shared))
    expect((exports['m'] as WebAssembly.Memory).buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(withSharedMemory(shared)).toBeUndefined()
  })

  it.each([
    ['what is no module', Uint8Array.from([1, 2, 3])],
    ['nothing', new Uint8Array()],
    ['a module without a memory', module(...custom)],
    ['a memory without a maximum', module(5, 3, 1, 0, 1)],
    ['a module that is cut short', module(5)],
  ])('leaves %s', (_, bytes) => {
    expect(withSharedMemory(bytes)).toBeUndefined()
  })
})
