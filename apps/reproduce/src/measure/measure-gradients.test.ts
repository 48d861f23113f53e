import { alphaInterval, layers, statisticOfBlocks, summarise } from '@coherent-gradients/coherence'
import { readRows } from '@coherent-gradients/runlog'
import '@coherent-gradients/testkit'
import { List } from 'apache-arrow'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { featherFiles } from '../testing/feather-files.test-support.ts'
import { M, arrow, double, fixed, gradients, saveArrow, size } from '../testing/made-up-gradients.test-support.ts'
import { measure } from '../testing/measure.test-support.ts'
import { saveArrays, type SavedArray } from '../testing/saved-model.test-support.ts'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'measure-gradients-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

let made = 0
const fresh = (end: string): string => join(scratch, `${(made += 1)}${end}`)

describe('measure --gradients', () => {
  const files: readonly (readonly [string, () => Promise<string>])[] = [
    ['.npz of float32', () => saveArrays(fresh('.npz'), gradients())],
    [
      '.npz of float64',
      () =>
        saveArrays(
          fresh('.npz'),
          Object.fromEntries(
            Object.entries(gradients()).map(([name, { shape, data }]) => [
              name,
              { shape, data: Float64Array.from(data) },
            ]),
          ),
        ),
    ],
    ['Arrow stream of fixed lists', () => saveArrow(fresh('.arrows'), arrow(fixed, gradients()))],
    ['Arrow file of fixed lists', () => saveArrow(fresh('.arrow'), arrow(fixed, gradients()))],
    [
      'Arrow stream of lists of float64',
      () =>
        saveArrow(
          fresh('.arrows'),
          arrow(() => new List(double), gradients()),
        ),
    ],
    [
      'Arrow stream of two batches',
      () => {
        const part = (from: number, to: number): Record<string, SavedArray> =>
          Object.fromEntries(
            Object.entries(gradients()).map(
              ([
                name,
                {
                  shape: [, ...shape],
                  data,
                },
              ]) => [name, { shape: [to - from, ...shape], data: data.slice(from * size(shape), to * size(shape)) }],
            ),
          )
        return saveArrow(fresh('.arrows'), arrow(fixed, part(0, 7)).concat(arrow(fixed, part(7, M))))
      },
    ],
  ]
  it.each(files)('gives what coherence gives: %s', async (_, save) => {
    const weights = Object.entries(gradients())
    const blocks = weights.map(([name, { data }]) => ({ name, rows: { m: M, data } }))
    const statistic = statisticOfBlocks(blocks)
    const { code, out, err } = await measure('--gradients', await save(), '--json')
    expect(err).toBe('')
    expect(code).toBe(0)
    const json = JSON.parse(out) as Record<string, never> & {
      layers: { name: string; alpha: number; mAlpha: number; share: number; standardError: number }[]
    }
    expect(json).toMatchObject({ m: M, loss: null, shuffledLabels: null, weights: 3, parameters: { measured: 9 } })
    const expected = summarise(statistic)
    for (const key of ['alpha', 'mAlpha', 'alphaDebiased', 'meanSquaredNorm', 'squaredNormOfMean'] as const) {
      expect(json[key], key).toBeAllClose(expected[key]!, { rtol: 1e-12 })
    }
    expect(json.layers.map(({ name }) => name)).toEqual(['block/conv', 'scale'])
    expect(json.layers.map(({ alpha, share }) => [alpha, share])).toBeAllClose(
      layers(statistic).map(({ alpha, share }) => [alpha, share]),
      { rtol: 1e-12 },
    )
    // The jackknife by definition, from each example's whole row.
    const rows = Array.from({ length: M }, (__, i) =>
      weights.flatMap(([, { data }]) => [...data.subarray((i * data.length) / M, ((i + 1) * data.length) / M)]),
    )
    const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, j) => sum + x * b[j]!, 0)
    const sum = rows[0]!.map((__, j) => rows.reduce((total, row) => total + row[j]!, 0))
    const projections = { squaredNorms: rows.map((row) => dot(row, row)), dots: rows.map((row) => dot(row, sum)) }
    const { low, high, standardError } = alphaInterval(projections)!
    expect(json['standardError']).toBeAllClose(standardError, { rtol: 1e-10 })
    expect(json['alphaDebiasedInterval']).toBeAllClose([low, high], { rtol: 1e-10 })
  })

  it.each(['lz4', 'zstd'] as const)('reads what pyarrow compressed by %s', async (codec) => {
    const file = fresh('.feather')
    await writeFile(file, Buffer.from(featherFiles[codec], 'base64'))
    const data = Float32Array.from({ length: 360 }, (_, at) => (Math.floor(at / 6) % 3) / 2 + (at % 6))
    const plain = await saveArrays(fresh('.npz'), { w: { shape: [60, 6], data } })
    const [found, expected] = [
      await measure('--gradients', file, '--json'),
      await measure('--gradients', plain, '--json'),
    ]
    expect(found.err).toBe('')
    expect({ ...JSON.parse(found.out), gradients: '' }).toEqual({ ...JSON.parse(expected.out), gradients: '' })
  })

  it('prints the table without a shuffled twin, says so, and writes what was asked for', async () => {
    const [file, folder] = [await saveArrays(fresh('.npz'), gradients()), fresh('')]
    const { code, out } = await measure('--gradients', file, '--out', folder)
    expect(code).toBe(0)
    expect(out).toContain('9 parameters in 3 weights, all measured')
    expect(out).toContain('no comparison with shuffled labels')
    expect(out).not.toContain('labels shuffled')
    expect(out).toMatch(/whole network +\d[\s\S]*block\/conv +\d[\s\S]*scale +\d/)
    expect(out).toMatch(/Each example helps about [\d.]+ of the 30, itself included/)
    const rows = await readRows(folder, 'coherence')()
    if (rows._tag === 'Left') throw new Error(rows.left.message)
    expect(rows.right.rows.map((row) => `${row.scope} ${row.population}`)).toEqual([
      'all all',
      'layer:block/conv all',
      'layer:scale all',
    ])
    expect(rows.right.rows[0]!.loss).toBeNull()
    expect(await readFile(join(folder, 'measure.svg'), 'utf8')).not.toContain('shuffled')
  })

  it.each([1e-200, 5e-324 * 2 ** 20, 1e200, 2 ** 1000])(
    'keeps all that has no scale where rows are of the size of %d, in one weight or several',
    async (by) => {
      // Eighths, so that no factor rounds.
      const rows = [1, 3, -2, 5, 4, 4, 0, 1, 7, 2, 1, -1].map((x) => x / 8)
      const saved = (factor: number): Promise<string> => {
        const data = Float64Array.from(rows, (x) => x * factor)
        const weights = {
          'a/w': { shape: [3, 2], data: data.slice(0, 6) },
          'b/w': { shape: [3, 2], data: data.slice(6) },
        }
        return saveArrays(fresh('.npz'), weights)
      }
      const [usual, odd] = [await saved(2 ** 10), await saved(by)]
      const json = async (file: string): Promise<Record<string, unknown> & { layers: Record<string, unknown>[] }> =>
        JSON.parse((await measure('--gradients', file, '--json')).out)
      const [expected, found] = [await json(usual), await json(odd)]
      const unscaled = ['m', 'alpha', 'mAlpha', 'alphaDebiased', 'standardError', 'mAlphaInterval', 'share']
      for (const key of unscaled) {
        const values = (of: typeof found): unknown[] =>
          [of[key], ...of.layers.map((layer) => layer[key])].slice(key === 'share' ? 1 : 0).flat()
        expect(values(found), key).toBeAllClose(values(expected) as number[], { rtol: 1e-12 })
      }
      expect(expected).not.toHaveProperty('multipliedBy')
      expect(found['multipliedBy']).toSatisfy((factor: number) => Number.isInteger(Math.log2(factor)) && factor !== 1)
      expect((await measure('--gradients', odd)).out).toMatch(/rows multiplied by 2\^-?\d+, or their squares/)
    },
  )

  it('has an outcome for one example and for zeros alone', async () => {
    const one = await measure('--gradients', await saveArrays(fresh('.npz'), gradients(1)), '--json')
    expect(JSON.parse(one.out)).toMatchObject({ m: 1, alpha: 1, alphaDebiased: null, standardError: null })
    const zeros = { w: { shape: [3, 2], data: new Float32Array(6) } }
    const none = await measure('--gradients', await saveArrays(fresh('.npz'), zeros), '--json')
    expect(JSON.parse(none.out)).toMatchObject({ m: 3, alpha: 0, mAlpha: 0, alphaDebiased: 0 })
  })
})

describe('zeros', () => {
  const none = { mAlpha: 0, standardError: null, alphaDebiasedInterval: null, mAlphaInterval: null }
  const rows = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i))

  it.each<[string, Float32Array, object]>([
    ['in one layer', rows, { mAlphaInterval: [expect.any(Number), expect.any(Number)] }],
    ['in all', new Float32Array(12), none],
  ])('have no interval, %s', async (_, data, whole) => {
    const file = await saveArrays(fresh('.npz'), {
      'still/w': { shape: [6, 2], data: new Float32Array(12) },
      'moved/w': { shape: [6, 2], data },
    })
    const { out } = await measure('--gradients', file, '--json')
    expect(JSON.parse(out)).toMatchObject({ ...whole, layers: [none, { name: 'moved' }] })
    expect((await measure('--gradients', file)).out).toMatch(/still +0 +– /)
  })
})
