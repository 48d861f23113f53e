import { testEngines } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { disagreements, isWellConditioned, onCpu, onEngine, randomCase, type Case } from '../agreement.test-support.ts'
import { exampleByExample } from '../example-by-example.test-support.ts'
import { perExampleGradients } from '../index.ts'
import { networkCase, randomNetworks } from '../random-networks.test-support.ts'
import { withBatchStatistics } from '../with-batch-statistics.test-support.ts'

const frozen = { batchNormalization: 'frozenBatch' } as const

/** The twin: the model whose moving statistics are this batch's, one example at a time. */
function twinOf({ model, loss, batch }: Case): Promise<Record<string, number[][]>> {
  return withBatchStatistics(model, batch, () => exampleByExample(model, loss, batch))
}

async function withTwin(at: Case): Promise<Case> {
  return { ...at, twin: await twinOf(at) }
}

const normalised = (units: number, name: string): tfl.layers.Layer[] => [
  tfl.layers.dense({ units, name }),
  tfl.layers.batchNormalization({ name: `${name}_bn` }),
  tfl.layers.activation({ activation: 'tanh' }),
]

describe.each(testEngines)('batch normalisation by the batch’s statistics, held constant, on %s', (engine) => {
  onEngine(engine)

  it.each([2, 5, 9])('agrees with a twin of those moving statistics, layer upon layer, m = %i', async (m) => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.inputLayer({ inputShape: [4, 3] }),
        ...normalised(6, 'a'),
        tfl.layers.flatten(),
        ...normalised(5, 'b'),
        ...normalised(4, 'c'),
        tfl.layers.dense({ units: 2 }),
      ],
    })
    expect(await disagreements(await withTwin(randomCase(model, m, m)), frozen, 1e-4)).toEqual([])
  })

  const some = randomNetworks().map((network) => ({
    ...network,
    steps: network.steps.flatMap((step) => [step, { ...step, kind: 'batchNormalization' }]),
    m: network.m + 1,
  }))

  test.prop([some], { numRuns: engine === 'webgpu' ? 4 : 10 })(
    'agrees with that twin on random networks',
    async (network) => {
      const at = networkCase(network)
      try {
        fc.pre(await isWellConditioned(at, twinOf, 1e-2))
        expect(await disagreements(await withTwin(at), { ...frozen, sliceBytes: network.sliceBytes }, 1e-3)).toEqual([])
      } finally {
        tf.dispose([at.batch.inputs, at.batch.labels])
        at.model.dispose()
      }
    },
  )

  it('is the same where some layers go example by example', async () => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.inputLayer({ inputShape: [4, 2] }),
        ...normalised(3, 'a'),
        tfl.layers.simpleRNN({ units: 3, recurrentInitializer: 'zeros' }),
        ...normalised(4, 'b'),
        tfl.layers.dense({ units: 2 }),
      ],
    })
    const at = await withTwin(randomCase(model, 4, 7))
    expect(await disagreements(at, { ...frozen, fallback: 'example-by-example' }, 1e-4)).toEqual([])
  })

  it('gives every call of a shared layer its own statistics', async () => {
    const build = (first: tfl.layers.Layer, second: tfl.layers.Layer): tfl.LayersModel => {
      const input = tfl.input({ shape: [3] })
      const once = tfl.layers.activation({ activation: 'tanh' }).apply(first.apply(input)) as tfl.SymbolicTensor
      return tfl.model({ inputs: input, outputs: second.apply(once) as tfl.SymbolicTensor })
    }
    const shared = tfl.layers.batchNormalization({ name: 'bn' })
    const at = randomCase(build(shared, shared), 4, 5)
    const apart = [1, 2].map((n) => tfl.layers.batchNormalization({ name: `bn${n}` }))
    const twin = build(apart[0]!, apart[1]!)
    for (const layer of apart) layer.setWeights(shared.getWeights())
    const rows = await withBatchStatistics(twin, at.batch, () => exampleByExample(twin, at.loss, at.batch))
    const sum = (weight: string): number[][] =>
      rows[`bn1/${weight}`]!.map((row, i) => row.map((x, j) => x + rows[`bn2/${weight}`]![i]![j]!))
    expect(
      await disagreements({ ...at, twin: { 'bn/gamma': sum('gamma'), 'bn/beta': sum('beta') } }, frozen, 1e-4),
    ).toEqual([])
  })

  test.prop([fc.integer({ min: 0, max: 99 })], { numRuns: 5 })('has the losses of training mode', async (seed) => {
    const model = tfl.sequential({ layers: [tfl.layers.inputLayer({ inputShape: [3] }), ...normalised(4, 'a')] })
    const { loss, batch } = randomCase(model, 6, seed)
    const stack = perExampleGradients(model, loss, batch, frozen)
    const losses = [...(await stack.losses.data())]
    stack.dispose()
    const trained = await onCpu(
      () =>
        tf.tidy(() => [
          ...loss.perExample(model.apply(batch.inputs, { training: true }) as tf.Tensor, batch.labels).dataSync(),
        ]),
      [batch.inputs, batch.labels],
    )
    expect(losses).toBeAllClose(trained, { rtol: 1e-4, atol: 1e-5 })
  })
})

it('refuses a mode that it does not have', () => {
  const model = tfl.sequential({ layers: [tfl.layers.dense({ units: 1, inputShape: [1] })] })
  const { loss, batch } = randomCase(model, 1, 1)
  expect(() => perExampleGradients(model, loss, batch, { batchNormalization: 'training' as never })).toThrow(
    /required batchNormalization inference or frozenBatch, found training/,
  )
})
