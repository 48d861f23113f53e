import { keyOf, type Split } from '@coherent-gradients/core'
import { flattened, sample } from '@coherent-gradients/datasets'
import { openEngine } from '@coherent-gradients/engine'
import { either as E } from 'fp-ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { openData } from '../runner/open-data.ts'
import type { EasyAndHardSpec } from '../specs/easy-and-hard-spec.ts'
import { chooseExamples, kinds } from './choose-examples.ts'

const spec: EasyAndHardSpec = {
  task: 'easy-and-hard',
  experiment: 'fig-7',
  arm: 'easy and hard',
  seed: 1,
  engine: 'wasm',
  data: { dataset: 'mnist', perClass: { train: 2, test: 1 } },
  model: { kind: 'mlp', hidden: [16] },
  scoring: { runs: 2, steps: 60, batchSize: 20, learningRate: 0.1 },
  apart: { steps: 5, batchSize: 10, learningRate: 0.1, every: 5 },
  together: { steps: 5, batchSize: 10, learningRate: 0.1, every: 5 },
  alone: { pairs: 2, steps: 20, learningRate: 0.01, fitted: 0.1 },
}

describe('chooseExamples', () => {
  let pool: Split
  beforeAll(async () => {
    expect(E.isRight(await openEngine('wasm')())).toBe(true)
    const opened = await openData({ dataset: 'mnist', noise: { kind: 'none' }, noisyTest: false }, 'train', {})()
    if (E.isLeft(opened)) throw new Error(opened.left.message)
    pool = sample(flattened(opened.right), keyOf(1), 6000)
  })

  it('draws as many of each kind and class, and nothing twice', async () => {
    const chosen = await chooseExamples(spec, pool, keyOf(2))
    if (E.isLeft(chosen)) throw new Error(chosen.left.message)
    const all = kinds.flatMap((kind) => [chosen.right[kind].train, chosen.right[kind].test])
    expect(all.map(({ ids }) => ids.length)).toEqual([20, 10, 20, 10])
    expect(new Set(all.flatMap(({ ids }) => [...ids])).size).toBe(60)
    for (const split of all) {
      const { labels } = await split.read(split.ids)
      const each = split.ids.length / 10
      expect([...labels].toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: split.ids.length }, (_, i) => Math.floor(i / each)),
      )
    }
    const again = await chooseExamples(spec, pool, keyOf(2))
    expect(E.isRight(again) && again.right.hard.train.ids).toEqual(chosen.right.hard.train.ids)
  })

  it('says which class has too few', async () => {
    const many = { ...spec, data: { ...spec.data, perClass: { train: 900, test: 1 } } }
    const chosen = await chooseExamples(many, pool, keyOf(2))
    expect(E.isLeft(chosen) && chosen.left.message).toMatch(/easy: required 901 examples of class \d, found/)
  })
})
