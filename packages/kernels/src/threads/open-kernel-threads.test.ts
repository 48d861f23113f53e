import { afterEach, describe, expect, it } from 'vitest'
import { matrixProduct, openKernelThreads, type KernelThreads, type Product } from '../index.ts'

const opened: KernelThreads[] = []
afterEach(() => {
  for (const threads of opened.splice(0)) threads.close()
})

function open(memory: WebAssembly.Memory, threads: number): KernelThreads {
  const made = openKernelThreads(memory, { threads })
  opened.push(made)
  return made
}

function product(at: number, size = 128): Product {
  const matrix = { at: 0, row: 4 * size, step: 4 }
  return { rows: size, columns: size, terms: size, left: matrix, right: matrix, result: { at, row: 4 * size } }
}

describe('openKernelThreads', () => {
  it('is one thread where the memory is not shared, and says why', () => {
    const memory = new WebAssembly.Memory({ initial: 64 })
    const { threads, description } = open(memory, 2)
    expect([threads, description]).toEqual([1, 'one thread: its memory is not shared'])
    expect(open(memory, 1).description).toBe('one thread')
  })

  it('refuses what is no number of threads', () => {
    const memory = new WebAssembly.Memory({ initial: 1 })
    expect(() => openKernelThreads(memory, { threads: 1.5 })).toThrow(
      /required a whole number of threads ≥ 1, found 1.5/,
    )
  })

  it('throws what a product throws that leaves the memory, and makes the next one', () => {
    const memory = new WebAssembly.Memory({ initial: 64, maximum: 64, shared: true })
    const threads = open(memory, 3)
    expect(threads.description).toBe('3 threads')
    const { multiply } = matrixProduct(memory, { threads })
    const numbers = new Float32Array(memory.buffer)
    numbers.fill(1, 0, 128 * 128)
    const end = memory.buffer.byteLength
    for (let time = 0; time < 3; time++) {
      expect(() => multiply(product(end - 2 ** 14), 2 ** 20)).toThrow(/memory access out of bounds/)
      multiply(product(2 ** 17), 2 ** 20)
      expect(numbers.slice(2 ** 15, 2 ** 15 + 128 * 128).every((x) => x === 128)).toBe(true)
      numbers.fill(0, 2 ** 15, 2 ** 15 + 128 * 128)
    }
  })
})
