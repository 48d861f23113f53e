import { makeAggregator, rules, type RuleSpec } from '@coherent-gradients/aggregators'
import { softmaxCrossEntropy, type Aggregator } from '@coherent-gradients/gradients'
import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { train, type TrainingOptions } from './index.ts'
import { collect, open, toyBatches, toyModel, toySplit, weightsOf } from './toy.test-support.ts'

const specs: readonly RuleSpec[] = [
  ...rules.flatMap(({ rule, examples }) => examples.map((example) => ({ rule, ...example }))),
  { rule: 'chain', stages: [{ stage: 'clip-rows', norm: 10 }, { rule: 'mean' }, { stage: 'grokfast' }] },
]

function made(spec: RuleSpec): Aggregator {
  const rule = makeAggregator(spec)
  if (rule._tag === 'Left') throw new Error(rule.left.message)
  return rule.right
}

const average = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length

const split = toySplit(96)

function options(model: LayersModel, spec: RuleSpec, rest: Partial<TrainingOptions> = {}): TrainingOptions {
  return {
    model,
    loss: softmaxCrossEntropy,
    aggregator: made(spec),
    batch: toyBatches(split, 24),
    examplesPerEpoch: split.ids.length,
    steps: 24,
    learningRate: 0.1,
    ...rest,
  }
}

describe.each(testEngines)('training on %s', (engine) => {
  beforeAll(() => open(engine))

  it.each(specs)('by %o learns, and resumes to the bit', async (spec) => {
    const model = toyModel()
    const before = tf.memory().numTensors
    const events = await collect(train(options(model, spec, { checkpointEvery: 12 })))
    // A fifth of the labels is wrong, and rules that don't fit these may end with a larger loss.
    const accuracies = events.flatMap((event) => (event.kind === 'step' ? [event.accuracy] : []))
    expect(accuracies).toHaveLength(24)
    expect(average(accuracies.slice(-8))).toBeGreaterThan(0.5)
    expect(tf.memory().numTensors).toBe(before)

    const half = events.find((event) => event.kind === 'checkpoint')
    if (half?.kind !== 'checkpoint') throw new Error('no checkpoint')
    const other = toyModel(2)
    await collect(train(options(other, spec, { resume: half.state })))
    expect(await weightsOf(other)).toEqual(await weightsOf(model))
    model.dispose()
    other.dispose()
  })

  it('folds micro-batches to what the stack of all gives', async () => {
    const spec = { rule: 'winsorized-mean', count: 1, groups: 8 }
    const [model, other] = [toyModel(), toyModel()]
    expect(made(spec).fold).toBeDefined()
    await collect(train(options(model, spec, { foldAboveBytes: 0 })))
    await collect(train(options(other, spec)))
    expect(await weightsOf(model)).toBeAllClose(await weightsOf(other), { rtol: 1e-3, atol: 1e-4 })
    model.dispose()
    other.dispose()
  })

  it('tells of a loss that diverged before a rule sees it', async () => {
    for (const spec of [
      { rule: 'trimmed-mean', count: 1, groups: 8 },
      { rule: 'krum', byzantine: 1 },
    ]) {
      const model = toyModel()
      const before = tf.memory().numTensors
      const loss = {
        ...softmaxCrossEntropy,
        perExample: (output: tf.Tensor, labels: tf.Tensor) =>
          tf.mul(softmaxCrossEntropy.perExample(output, labels), Number.NaN) as tf.Tensor1D,
      }
      const events = await collect(train(options(model, spec, { loss, foldAboveBytes: 0 })))
      expect(events.map(({ kind }) => kind)).toEqual(['diverged'])
      expect(tf.memory().numTensors).toBe(before)
      model.dispose()
    }
  })
})
