import { relativeError } from '@coherent-gradients/testkit'
import { availableParallelism } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundle, type Bundle } from './bundle.ts'
import type { Browser } from 'playwright-core'
import { browsers, launch } from './chromium.ts'
import type { Place } from './page.ts'
import { serve } from './serve.ts'
import { trainingRun, type TrainingRun } from './training-run.ts'

let bundled: Bundle
beforeAll(async () => {
  bundled = await bundle()
})

describe('the bundle', () => {
  it('has a page, and tfjs’s wasm as a file of its own', () => {
    const names = [...bundled.files.keys()]
    expect(names).toContain('page.html')
    expect(names).toContainEqual(expect.stringMatching(/^assets\/tfjs-backend-wasm-simd-.*\.wasm$/))
  })

  it('imports nothing from Node', () => {
    expect(bundled.nodeImports).toEqual([])
  })
})

// Where there is no browser this is nothing: COHERENT_GRADIENTS_BROWSER demands one.
describe.each(browsers)('in %s', (executable) => {
  let browser: Browser | undefined
  let inNode: TrainingRun
  beforeAll(async () => {
    browser = await launch(executable)
    inNode = await trainingRun('wasm')
  })
  afterAll(() => browser?.close())

  /** What the page's program gives, and what the page has to say. */
  async function inBrowser(
    engine: string,
    { isolated = false, place = 'page' }: { isolated?: boolean; place?: Place } = {},
  ): Promise<{ run: TrainingRun; isolated: boolean; complaints: string[] }> {
    const served = await serve(bundled.files, { isolated })
    const page = await browser!.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    try {
      await page.goto(`${served.url}page.html`)
      const found = await page.evaluate(
        async (asked) => ({
          run: await globalThis.run(asked.engine, asked.place),
          isolated: globalThis.crossOriginIsolated,
        }),
        { engine, place },
      )
      return { ...found, complaints }
    } finally {
      await page.close()
      await served.close()
    }
  }

  it.each([
    {
      place: 'page',
      isolated: true,
      threads: /^1 thread: .*run in a Worker/,
      engine: /, one thread: .*run in a Worker.*\)$/,
    },
    {
      place: 'page',
      isolated: false,
      threads: /^1 thread: .*run in a Worker/,
      engine: /, one thread: .*run in a Worker.*\)$/,
    },
    {
      place: 'worker',
      isolated: true,
      threads: /^2 threads$/,
      engine: availableParallelism() > 1 ? /, \d threads\)$/ : /, one thread\)$/,
    },
    {
      place: 'worker',
      isolated: false,
      threads: /^1 thread: .*not cross-origin isolated/,
      engine: /, one thread: .*not cross-origin isolated.*\)$/,
    },
  ] as const)(
    'trains on wasm to the same bits as in Node, in a $place, cross-origin isolated: $isolated',
    async ({ place, isolated, threads, engine }) => {
      const { bound, ...bits } = inNode
      expect(bits).toMatchObject({ engine: expect.stringMatching(/^wasm/), threads: '2 threads', tensorsLeft: 0 })
      const { run, ...page } = await inBrowser('wasm', { place, isolated })
      expect(page).toEqual({ isolated, complaints: [] })
      expect(run.threads).toMatch(threads)
      expect(run.engine).toMatch(engine)
      // The bound goes through Math.exp and Math.log, which each release of JavaScript may round in its own way.
      expect(relativeError([run.bound], [bound])).toBeLessThan(1e-12)
      expect(run).toEqual({ ...bits, engine: run.engine, threads: run.threads, bound: run.bound })
    },
  )

  it('trains on webgpu to the same weights, losses and coherence but for rounding', async () => {
    const expected = inNode
    const { run, complaints } = await inBrowser('webgpu')
    expect(run.engine).toMatch(/^webgpu .*software/)
    expect(run.tensorsLeft).toBe(0)
    for (const what of ['losses', 'alphas', 'weights'] as const) {
      expect(relativeError([...run[what]], [...expected[what]]), what).toBeLessThan(1e-4)
    }
    expect(complaints).toEqual([])
  })

  it('takes wasm by itself, where the only GPU is software', async () => {
    expect((await inBrowser('auto')).run.engine).toMatch(/^wasm/)
  })

  it('says what it needs where it can’t find the wasm', async () => {
    await expect(inBrowser('wasm', { place: 'page without wasmUrl' })).rejects.toThrow(/wasmUrl/)
  })
})
