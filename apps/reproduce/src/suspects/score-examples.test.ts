import { averagePrecision } from '@coherent-gradients/coherence'
import { keyOf, normals, type Split } from '@coherent-gradients/core'
import { splitOf, withNoise } from '@coherent-gradients/datasets'
import { openEngine } from '@coherent-gradients/engine'
import { perExampleGradients, softmaxCrossEntropy } from '@coherent-gradients/gradients'
import { tensorBatch } from '@coherent-gradients/training'
import * as tf from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { exampleMeasures } from './example-measures.ts'
import { judgedRankings } from './judged-rankings.ts'
import { networkFor } from './network.ts'
import { looks, scoreExamples, workOf } from './score-examples.ts'
import { criteria, stages } from './scores.ts'

const network = { hidden: [8], batchSize: 10, learningRate: 0.1 }
const key = keyOf('suspects')

/** Two clouds of four numbers, a tenth of whose labels are wrong. */
function clouds(n: number): Split {
  const inputs = Float32Array.from(normals(keyOf('clouds'), 4 * n), (x, j) => x + (Math.floor(j / 4) % 2 ? 2 : -2))
  const labels = Array.from({ length: n }, (_, i) => i % 2)
  const split = splitOf({ name: 'clouds', inputs, labels, inputShape: [4], classes: 2 })
  const noisy = withNoise(split, { kind: 'labels', scheme: 'pair-flipped', fraction: 0.1 }, key)
  if (E.isLeft(noisy)) throw new Error(noisy.left.message)
  return noisy.right
}

beforeAll(async () => {
  await openEngine('cpu')()
})

describe('exampleMeasures', () => {
  it('agrees with gradients formed one by one and held against all others, pair by pair', async () => {
    const split = clouds(12)
    const model = networkFor(split, network, key)
    const before = tf.memory().numTensors
    const { losses, margins, help, direction } = (await exampleMeasures(model, split))!
    expect(tf.memory().numTensors).toBe(before)
    const batch = tensorBatch(await split.read(split.ids))
    const stack = perExampleGradients(model, softmaxCrossEntropy, batch)
    const blocks = await Promise.all(
      stack.blocks.map(async (block) => {
        const formed = block.columns(0, block.size)
        const values = await formed.data()
        formed.dispose()
        return { values, size: block.size }
      }),
    )
    const rows = Array.from({ length: 12 }, (_, i) =>
      blocks.flatMap(({ values, size }) => Array.from(values.slice(i * size, (i + 1) * size))),
    )
    const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, j) => sum + x * b[j]!, 0)
    const others = rows.map((_, i) =>
      rows[0]!.map((__, j) => rows.reduce((sum, row, k) => (k === i ? sum : sum + row[j]!), 0)),
    )
    const scale = Math.max(...rows.map((row) => dot(row, row)))
    rows.forEach((row, i) => {
      expect(Math.abs(help[i]! - dot(row, others[i]!))).toBeLessThan(1e-4 * scale * 12)
      const cosine = dot(row, others[i]!) / Math.sqrt(dot(row, row) * dot(others[i]!, others[i]!))
      expect(direction[i]!).toBeCloseTo(cosine, 3)
    })
    expect([...losses]).toEqual([...(await stack.losses.data())])
    // Of two classes the loss is log(1 + exp(−margin)).
    margins.forEach((margin, i) => expect(losses[i]!).toBeCloseTo(Math.log1p(Math.exp(-margin)), 4))
    stack.dispose()
    tf.dispose([batch.inputs, batch.labels])
    model.dispose()
  })
})

describe('scoreExamples', () => {
  const spec = { network, epochs: 8, folds: 3 }

  it('finds wrong labels where classes lie apart, the same each time, and leaves no tensor', async () => {
    const split = clouds(80)
    const before = tf.memory().numTensors
    let told = 0
    const scored = await scoreExamples(split, spec, key, (examples) => (told += examples))
    const again = await scoreExamples(split, spec, key)
    expect(tf.memory().numTensors).toBe(before)
    if (E.isLeft(scored) || E.isLeft(again)) throw new Error('no scores')
    const { labels, trueLabels, expected } = scored.right
    const wrong = Array.from(labels, (label, i) => label !== trueLabels[i])
    for (const criterion of ['loss', 'margin', 'confident learning'] as const) {
      expect(averagePrecision(scored.right.score(criterion, 'early'), wrong)).toBeGreaterThan(0.7)
    }
    expect(expected.filter((label, i) => label === trueLabels[i]).length).toBeGreaterThan(64)
    for (const criterion of criteria) {
      for (const stage of stages) {
        expect(scored.right.score(criterion, stage)).toEqual(again.right.score(criterion, stage))
      }
    }
    // Steps leave out what makes no whole batch.
    expect(told).toBeLessThanOrEqual(workOf(80, spec))
    expect(told).toBeGreaterThan(0.8 * workOf(80, spec))
  })

  it('notes every ranking’s quality, with curves that rise from nothing to all', async () => {
    const scored = await scoreExamples(clouds(40), { ...spec, epochs: 2 }, key)
    if (E.isLeft(scored)) throw new Error(scored.left.message)
    const rows = judgedRankings(scored.right)
    expect(rows[0]).toMatchObject({ quantity: 'share of wrong labels', value: 0.1 })
    const curve = rows
      .filter(
        ({ series, quantity, item }) =>
          series === 'loss' && quantity === 'wrong labels found' && item.startsWith('late'),
      )
      .map(({ value }) => value)
    expect(curve).toEqual(curve.toSorted((a, b) => a - b))
    expect(curve.at(-1)).toBe(1)
  })

  it('looks more often while there is more to see', () => {
    expect(looks(1)).toEqual([1 / 3, 1])
    expect(looks(10)).toEqual([1 / 3, 1, 2, 4, 8, 10])
    expect(looks(16)).toEqual([1 / 3, 1, 2, 4, 8, 16])
  })

  it('refuses fewer examples than folds can share, and says where a loss became infinite', async () => {
    const few = await scoreExamples(clouds(5), spec, key)
    expect(few).toMatchObject({
      left: { message: 'clouds labels~10% pair-flipped: required at least 6 examples for 3 folds, found 5' },
    })
    const wild = { ...spec, network: { ...network, learningRate: 1e30 } }
    expect(await scoreExamples(clouds(20), wild, key)).toMatchObject({ left: { _tag: 'Diverged' } })
  })
})
