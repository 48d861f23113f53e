import { derive, keyOf, normals, uniformIntegers } from '@coherent-gradients/core'
import { openEngine } from '@coherent-gradients/engine'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { measure } from '../../testing/measure.test-support.ts'
import { saveModel, saveNpz } from '../../testing/saved-model.test-support.ts'

const M = 3300 // four chunks, the last one short

let scratch: string
let argv: string[]
let alone: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'shards-'))
  const opened = await openEngine('wasm')()
  if (opened._tag === 'Left') throw new Error(opened.left.message)
  const model = tfl.sequential({
    layers: [
      tfl.layers.dense({ name: 'first', units: 5, activation: 'tanh', inputShape: [4] }),
      tfl.layers.dense({ name: 'second', units: 3 }),
    ],
  })
  const values = model
    .getWeights()
    .map((weight, i) => tf.tensor([...normals(derive(keyOf(7), i), weight.size)], weight.shape))
  model.setWeights(values)
  const x = Float32Array.from(normals(keyOf('x'), 4 * M))
  const y = Int32Array.from(uniformIntegers(keyOf('y'), M, 3))
  const data = await saveNpz(join(scratch, 'data.npz'), x, [4], y)
  argv = ['--model', await saveModel(model, join(scratch, 'model')), '--dataset', data, '--examples', String(M)]
  alone = (await measure(...argv, '--json', '--out', join(scratch, 'alone'))).out
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

let made = 0
const fresh = (): string => join(scratch, `parts-${(made += 1)}`)
const shard = async (which: string, partial: string, ...more: string[]): Promise<string> => {
  const { code, out, err } = await measure(...argv, '--shard', which, '--partial', partial, ...more)
  expect([code, err]).toEqual([0, ''])
  return out
}

describe('measure --shard and --merge', () => {
  it.each([1, 2, 3, 4])('give, of %d shards in any order, the bytes of one run', async (of) => {
    const folder = fresh()
    const shards = Array.from({ length: of }, (_, k) => `${of - k}/${of}`)
    const said: string[] = []
    for (const which of [...shards, ...shards]) said.push(await shard(which, folder))
    const waiting = said.filter((line) => /first pass done; run it again once the other shards/.test(line))
    expect(waiting.length).toBe(of - 1)
    expect(said.at(-1)).toContain(`done, as are all others: measure --merge ${folder}`)
    const { code, out, err } = await measure('--merge', folder, '--json', '--out', join(scratch, `merged-${of}`))
    expect([code, err]).toEqual([0, ''])
    expect(out).toBe(alone)
    for (const file of ['coherence.arrows', 'measure.json', 'measure.svg']) {
      const [merged, whole] = await Promise.all(
        [`merged-${of}`, 'alone'].map((run) => readFile(join(scratch, run, file))),
      )
      expect(merged!.equals(whole!), file).toBe(true)
    }
  })

  it('go on after a kill with what is missing, and with nothing else', async () => {
    const folder = fresh()
    await shard('1/4', folder)
    expect((await measure('--merge', folder)).err).toMatch(/first pass lacks examples 1000 to 3299: run each shard/)
    await shard('3/4', folder)
    expect((await measure('--merge', folder)).err).toMatch(/lacks examples 1000 to 1999, 3000 to 3299: run each shard/)
    for (const which of ['1/2', '2/2', '1/2']) await shard(which, folder)
    await rm(join(folder, 'sums-00001.safetensors'))
    await rm(join(folder, 'projections-00003.safetensors'))
    await writeFile(join(folder, 'sums-00002.safetensors'), await readFile(join(folder, 'sums-00002.safetensors')))
    expect((await measure('--merge', folder)).err).toMatch(/first pass lacks examples 1000 to 1999: run each shard/)
    await shard('1/2', folder)
    expect((await measure('--merge', folder)).err).toMatch(/second pass lacks examples 3000 to 3299/)
    await shard('2/2', folder)
    expect((await measure('--merge', folder, '--json')).out).toBe(alone)
  })

  it('refuse, in one line, parts of another measurement, damaged ones, and more shards than chunks', async () => {
    const folder = fresh()
    const refused = async (...more: string[]): Promise<string> => {
      const { code, out, err } = await measure(...more)
      expect([code, out]).toEqual([1, ''])
      expect(err).toMatch(/^error: [^\n]+\n$/)
      return err
    }
    expect(await refused(...argv, '--shard', '1/5', '--partial', folder)).toMatch(/3300 examples make 4 chunks/)
    expect(existsSync(folder)).toBe(false)
    await shard('1/1', folder)
    expect(await refused(...argv, '--sample', 'k', '--shard', '1/1', '--partial', folder)).toMatch(
      /parts of another measurement/,
    )
    const other = [...argv.slice(0, -1), '3299']
    expect(await refused(...other, '--shard', '1/1', '--partial', folder)).toMatch(/parts of another measurement/)
    await truncate(join(folder, 'sums-00002.safetensors'), 100)
    expect(await refused('--merge', folder)).toMatch(/sums-00002\.safetensors: .*is the file whole/)
    expect(await refused('--merge', join(scratch, 'nowhere'))).toMatch(
      /required a folder that measure --shard has written/,
    )
    await writeFile(join(folder, 'about.json'), '{"version":2}')
    expect(await refused('--merge', folder)).toMatch(/another version/)
    expect((await readdir(folder)).filter((name) => name.includes('aside'))).toEqual([])
  })

  it.each([
    ['no folder', ['--shard', '1/2']],
    ['no shard', ['--partial', 'p']],
    ['a shard beyond the last', ['--shard', '3/2', '--partial', 'p']],
    ['classes apart', ['--shard', '1/2', '--partial', 'p', '--population', 'class']],
    ['figures of one shard', ['--shard', '1/2', '--partial', 'p', '--json']],
    ['a model to merge', ['--merge', 'p']],
  ])('end with 2 where the command line has %s', async (_, more) => {
    expect((await measure(...argv, ...more)).code).toBe(2)
  })
})
