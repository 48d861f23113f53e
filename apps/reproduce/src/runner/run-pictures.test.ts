import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tableDigest } from '@coherent-gradients/runlog'
import { either as E } from 'fp-ts'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TrainingSpec } from '../run-spec.ts'
import type { Environment } from './environment-of.ts'
import { executeRun } from './execute-run.ts'
import type { DataPlace } from './open-data.ts'
import { runFiles } from './run-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'run-pictures-'))
const pictures = join(folder, 'pictures')
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(async () => {
  for (const part of ['train', 'test']) {
    for (const [i, background] of ['#ff0000', '#00ff00', '#ee1100', '#11ee00'].entries()) {
      const own = join(pictures, part, i % 2 === 0 ? 'red' : 'green')
      mkdirSync(own, { recursive: true })
      const edge = { create: { width: 4 + i, height: 9, channels: 3, background: '#0000ff' } } as const
      const picture = sharp({ create: { width: 12, height: 9, channels: 3, background } })
      const composed = picture.composite([{ input: await sharp(edge).png().toBuffer(), left: 0, top: 0 }])
      writeFileSync(join(own, `${i}.png`), await composed.png().toBuffer())
    }
  }
  writeFileSync(join(pictures, 'train/red/9.png'), 'no picture')
})

const spec = (more: Partial<TrainingSpec['data']> = {}): TrainingSpec => ({
  experiment: 'pictures',
  arm: 'a',
  seed: 1,
  engine: 'cpu',
  data: {
    dataset: pictures,
    preprocessing: { kind: 'centre-crop', resize: 6, crop: 4 },
    augment: { kind: 'random-crop' },
    noise: { kind: 'none' },
    noisyTest: false,
    ...more,
  },
  model: { kind: 'linear' },
  training: { steps: 6, batchSize: 2, learningRate: 0.1, aggregator: { rule: 'mean' }, stopWhenFitted: false },
  measure: {
    evaluate: [{ every: 'steps', n: 3 }],
    coherence: [{ every: 'steps', n: 3 }],
    examples: 4,
    splits: ['train'],
    populations: 'all',
  },
})

async function run(runs: string, of: TrainingSpec, place: DataPlace): Promise<E.Either<{ message: string }, string>> {
  const at = join(folder, runs)
  const made = await executeRun({ spec: of, runs: at, tell: () => {}, ...place })()
  if (E.isLeft(made)) return made
  const files = runFiles(at, of)
  const digests = await Promise.all(
    (['steps', 'coherence'] as const).map((table) => tableDigest(files.directory, table)()),
  )
  return E.right(JSON.stringify([digests, readFileSync(files.environment, 'utf8')]))
}

it('makes the same tables from random crops each time, and its record says what was left out', async () => {
  const [one, two] = [
    await run('one', spec(), { onBadImage: 'skip' }),
    await run('two', spec(), { onBadImage: 'skip' }),
  ]
  expect(E.isRight(one) && one.right).toBe(E.isRight(two) && two.right)
  const environment = JSON.parse(readFileSync(runFiles(join(folder, 'one'), spec()).environment, 'utf8')) as Environment
  expect(environment.data).toMatchObject({
    train: { examples: 4, hashed: 'examples', leftOut: [expect.stringMatching(/red.9\.png: not an image/)] },
    test: { examples: 4 },
  })
  expect(environment.data['test']).not.toHaveProperty('leftOut')
  const { augment: _, ...middles } = spec().data
  const plain = { ...spec(), data: middles }
  const still = await run('one', plain, { onBadImage: 'skip' })
  expect(E.isRight(still) && still.right).not.toBe(E.isRight(one) && one.right)
})

it('stops at a picture that can’t be decoded unless it is told to skip it', async () => {
  const stopped = await run('three', spec(), {})
  expect(E.isLeft(stopped) && stopped.left.message).toMatch(/red.9\.png: not an image that can be read/)
})
