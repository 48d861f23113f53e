import { relativeError } from '@coherent-gradients/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundle, type Bundle } from './bundle.ts'
import type { Browser } from 'playwright-core'
import { browsers, launch } from './chromium.ts'
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
    { isolated = false, given = 'wasmUrl' }: { isolated?: boolean; given?: 'wasmUrl' | 'nothing' } = {},
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
          run: await globalThis.run(asked.engine, asked.given),
          isolated: globalThis.crossOriginIsolated,
        }),
        { engine, given },
      )
      return { ...found, complaints }
    } finally {
      await page.close()
      await served.close()
    }
  }

  it.each([true, false])('trains on wasm to the same bits as in Node, cross-origin isolated: %s', async (isolated) => {
    const { bound, ...bits } = inNode
    expect(bits.engine).toMatch(/^wasm/)
    expect(bits.tensorsLeft).toBe(0)
    const { run, ...page } = await inBrowser('wasm', { isolated })
    expect(page).toEqual({ isolated, complaints: [] })
    expect(run).toEqual({ ...bits, bound: run.bound })
    // The bound goes through Math.exp and Math.log, which each release of JavaScript may round in its own way.
    expect(relativeError([run.bound], [bound])).toBeLessThan(1e-12)
  })

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
    await expect(inBrowser('wasm', { given: 'nothing' })).rejects.toThrow(/wasmUrl/)
  })
})
