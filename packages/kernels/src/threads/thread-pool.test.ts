import { main as compile } from 'assemblyscript/asc'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type * as platform from '#platform'
import type { RangeWork } from './range-work.ts'
import { threadPool, type ThreadPool, type ThreadPoolOptions } from './thread-pool.ts'

const started: { end(): void; ended: Promise<void> }[] = []

vi.mock('#platform', async (original) => {
  const actual = await original<typeof platform>()
  return {
    ...actual,
    startThread(source: string, data: object, onEnded: () => void) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const thread = actual.startThread(source, data, () => {
        onEnded()
        resolve()
      })
      started.push({ ...thread, ended: promise })
      return thread
    },
  }
})

const kernels = `
  export function mark(value: i32, from: i32, to: i32, work: i32): i32 {
    for (let i = from; i < to; i++) store<u8>(i, load<u8>(i) + u8(value))
    return 1
  }
  export function refuse(from: i32, to: i32, work: i32): i32 { return from === 3 ? 0 : 1 }
  export function trap(from: i32, to: i32, work: i32): i32 { return unreachable() }
  export function never(from: i32, to: i32, work: i32): i32 { while (true) { store<i32>(0, load<i32>(0) + 1) } return 1 }
`
const [mark, refuse, trap, never] = [0, 1, 2, 3] as const
let module: WebAssembly.Module
const pools: ThreadPool[] = []

beforeAll(async () => {
  let binary: Uint8Array<ArrayBuffer> | undefined
  const { error } = await compile(
    '--outFile wasm --runtime stub --importMemory --enable threads --sharedMemory --maximumMemory 1 kernels.ts'.split(
      ' ',
    ),
    {
      readFile: (name: string) => (name === 'kernels.ts' ? kernels : null),
      writeFile: (_, contents: string | Uint8Array) => void (binary = new Uint8Array(contents as Uint8Array)),
      listFiles: () => [],
    },
  )
  expect(error).toBeNull()
  module = new WebAssembly.Module(binary!)
})

afterEach(async () => {
  for (const pool of pools) pool.close()
  await Promise.all(started.map((thread) => thread.ended))
  started.length = 0
  pools.length = 0
})

function open(options: Partial<ThreadPoolOptions> = {}): { pool: ThreadPool; bytes: Uint8Array } {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
  const kernelNames = ['mark', 'refuse', 'trap', 'never']
  const pool = threadPool({ modules: [{ module, kernelNames }], memory, threads: 2, timeoutMs: 30_000, ...options })
  pools.push(pool)
  return { pool, bytes: new Uint8Array(memory.buffer) }
}

function work(kernel: number, values: readonly number[] = []): RangeWork {
  return { kernel, arguments: values, total: 1000, chunkSize: 3, work: 0, workBytes: 0 }
}

describe('threadPool', () => {
  test.each([{ threads: 1 }, { threads: 2 }, { threads: 3 }, { threads: 3, callerWorks: false }])(
    'makes every chunk once: %o',
    (options) => {
      const { pool, bytes } = open(options)
      for (let time = 1; time <= 50; time++) {
        expect(pool.run(work(mark, [2]))).toBe(true)
        expect(new Set(bytes.slice(0, 1000))).toEqual(new Set([2 * time]))
        expect(new Set(bytes.slice(1000))).toEqual(new Set([0]))
      }
      expect(started.length).toBe(options.threads - 1)
    },
  )

  test('says that a chunk was refused, that time only', () => {
    const { pool } = open()
    expect(pool.run(work(refuse))).toBe(false)
    expect(pool.run(work(mark, [1]))).toBe(true)
  })

  test('works without the others for a while after they were late, longer each time, and makes every chunk once', () => {
    const { pool, bytes } = open({ threads: 1 })
    let looks = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (++looks % 3 === 0 ? 1e6 : 0))
    // Late, 4 alone, late, 8 alone, late: looked at three times each.
    for (let time = 0; time < 1 + 4 + 1 + 8 + 1; time++) expect(pool.run(work(mark, [1]))).toBe(true)
    expect(clock).toHaveBeenCalledTimes(9)
    clock.mockRestore()
    expect(new Set(bytes.slice(0, 1000))).toEqual(new Set([15]))
  })

  test('a thread that throws is a clear error, and every thread ends', async () => {
    const { pool } = open({ threads: 3, callerWorks: false })
    expect(() => pool.run(work(trap))).toThrow(/kernels: thread [12] failed: RuntimeError: unreachable/)
    await Promise.all(started.map((thread) => thread.ended))
    expect(() => pool.run(work(mark, [1]))).toThrow(/are closed/)
  })

  test('what the caller’s own thread throws is thrown, and every thread ends', async () => {
    const { pool } = open()
    expect(() => pool.run(work(trap))).toThrow(/unreachable/)
    await Promise.all(started.map((thread) => thread.ended))
  })

  test('a thread that dies over a chunk is a clear error, and every thread ends', async () => {
    const { pool } = open({ timeoutMs: 300, callerWorks: false })
    expect(() => pool.run(work(never))).toThrow(
      /required an answer of every thread within 300 ms, found 0 of 334 chunks done\. A thread has died/,
    )
    await Promise.all(started.map((thread) => thread.ended))
  })

  test('a thread that died between two works is started anew', async () => {
    const { pool, bytes } = open({ callerWorks: false })
    expect(pool.run(work(mark, [1]))).toBe(true)
    started[0]!.end()
    await started[0]!.ended
    expect(pool.run(work(mark, [1]))).toBe(true)
    expect(started.length).toBe(2)
    expect(new Set(bytes.slice(0, 1000))).toEqual(new Set([2]))
  })
})
