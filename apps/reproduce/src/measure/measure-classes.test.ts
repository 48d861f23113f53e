import { derive, keyOf, normals } from '@coherent-gradients/core'
import { openEngine } from '@coherent-gradients/engine'
import { readRows } from '@coherent-gradients/runlog'
import '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { reproduce } from '../testing/reproduce.test-support.ts'
import { saveModel, saveNpz } from '../testing/saved-model.test-support.ts'

let scratch: string
let model: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'measure-classes-'))
  const opened = await openEngine('wasm')()
  if (opened._tag === 'Left') throw new Error(opened.left.message)
  const network = tfl.sequential({ layers: [tfl.layers.dense({ name: 'd', units: 4, inputShape: [3] })] })
  const kernel = tf.tensor([...normals(keyOf('kernel'), 12)], [3, 4])
  network.setWeights([kernel, tf.zeros([4])])
  model = await saveModel(network, join(scratch, 'model'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

const measure = (...argv: string[]): ReturnType<typeof reproduce> => reproduce('measure', '--model', model, ...argv)

/** Class 3 has no example; class 2 the fewest, where two are asked for. */
const labels = [0, 1, 0, 1, 2, 0, 2, 1, 0]
const rowOf = (i: number): number[] => [...normals(derive(keyOf('x'), i), 3)]

const data = (name: string, rows: readonly number[]): Promise<string> =>
  saveNpz(
    join(scratch, `${name}.npz`),
    Float32Array.from(rows.flatMap(rowOf)),
    [3],
    Int32Array.from(rows, (i) => labels[i]!),
  )

interface PopulationJson {
  readonly name: string
  readonly m: number
  readonly alpha: number
  readonly layers: readonly { readonly name: string }[]
}

it('measures each class as the first of it alone would be, in equal number', async () => {
  const all = await data(
    'all',
    labels.map((_, i) => i),
  )
  const folder = join(scratch, 'out')
  const { code, out, err } = await measure('--dataset', all, '--population', 'class', '--json', '--out', folder)
  expect(err).toBe('')
  expect(code).toBe(0)
  const { m, populations } = JSON.parse(out) as { m: number; populations: PopulationJson[] }
  expect(m).toBe(9)
  expect(populations.map(({ name }) => name)).toEqual(['class:0', 'class:1', 'class:2'])
  for (const [c, rows] of [
    [0, [0, 2]],
    [1, [1, 3]],
    [2, [4, 6]],
  ] as const) {
    const {
      shuffledLabels: _s,
      data: _d,
      ...alone
    } = JSON.parse((await measure('--dataset', await data(`class-${c}`, rows), '--json')).out) as Record<
      string,
      unknown
    >
    const { name: _n, ...found } = populations[c]!
    expect(found.m).toBe(2)
    expect(alone).toMatchObject(found)
  }
  const rows = await readRows(folder, 'coherence')()
  if (rows._tag === 'Left') throw new Error(rows.left.message)
  expect(rows.right.rows.filter(({ scope }) => scope === 'all').map(({ population, m: k }) => [population, k])).toEqual(
    [
      ['all', 9],
      ['labels shuffled', 9],
      ['class:0', 2],
      ['class:1', 2],
      ['class:2', 2],
    ],
  )
})

it('says which classes help which', async () => {
  const all = await data(
    'help',
    labels.map((_, i) => i),
  )
  type Norms = { alphaDebiased: number; meanSquaredNorm: number; squaredNormOfMean: number }
  const json = async (file: string, ...more: string[]): Promise<Norms & { populations: Norms[]; help: Help }> =>
    JSON.parse((await measure('--dataset', file, '--json', ...more)).out) as never
  type Help = { populations: string[]; dots: number[][] }
  const { help, populations } = await json(all, '--population', 'class')
  expect(help.populations).toEqual(['class:0', 'class:1', 'class:2'])
  const members = [
    [0, 2],
    [1, 3],
    [4, 6],
  ]
  for (const [a, b] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const) {
    // ‖(ḡₐ + ḡ_b)/2‖² of both together has the dot product in it.
    const both = await json(await data(`help-${a}-${b}`, [...members[a]!, ...members[b]!]))
    const own = populations[a]!.squaredNormOfMean + populations[b]!.squaredNormOfMean
    const close = { rtol: 1e-4, atol: 1e-5 }
    expect(help.dots[a]![b]).toBeAllClose((4 * both.squaredNormOfMean - own) / 2, close)
    expect(help.dots[b]![a]).toBe(help.dots[a]![b])
  }
  populations.forEach(({ alphaDebiased, meanSquaredNorm }, a) => {
    expect(help.dots[a]![a]).toBeAllClose(alphaDebiased * meanSquaredNorm, { rtol: 1e-6 })
  })
})

it('prints a table of the classes and says how many of each it took', async () => {
  const all = await data(
    'printed',
    labels.map((_, i) => i),
  )
  const { out } = await measure('--dataset', all, '--population', 'class')
  expect(out).toContain('Each class by itself, m = 2 of each, which is all that the smallest has:')
  expect(out).toMatch(
    /population +m·α +95% interval[^\n]*\n[─ ]+\nclass:0 +[\d.]+[^\n]*\nclass:1 [^\n]*\nclass:2 [^\n]*\n\n/,
  )
  expect(out).toMatch(/Who helps whom[^]*may exceed 100%:\n\npopulation +0 +1 +2\n[─ ]+\nclass:0 +−?[\d.]+%/)
  expect((await measure('--dataset', all)).out).not.toContain('class:0')
  const few = await measure('--dataset', all, '--population', 'class', '--examples', '3')
  expect(few.out).toContain('The smallest class has one example here, and α of one is 1 by definition: take more')
  expect(few.out).not.toContain('Each class by itself')
})
