import { testEngines } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { disagreements, onEngine, randomCase, type Case } from '../agreement.test-support.ts'
import { perExampleGradients, unruledLayers } from '../index.ts'

/** tfjs's own start for recurrent kernels is a decomposition that takes its time; `randomCase` draws them anew. */
const plain = { kernelInitializer: 'zeros', recurrentInitializer: 'zeros' } as const
const { dense, embedding, lstm, masking } = tfl.layers

/** What differs from one example at a time, or has no rule; empty where all is well. Disposes of the case. */
async function wrongIn(at: Case, sliceBytes = 2 ** 26): Promise<unknown[]> {
  const found = [...unruledLayers(at.model), ...(await disagreements(at, { sliceBytes }, 2e-5))]
  tf.dispose([at.batch.inputs, at.batch.labels])
  at.model.dispose()
  return found
}

const specs = fc.record({
  steps: fc.integer({ min: 2, max: 4 }),
  features: fc.integer({ min: 1, max: 3 }),
  units: fc.integer({ min: 1, max: 3 }),
  returnSequences: fc.boolean(),
  goBackwards: fc.boolean(),
  useBias: fc.boolean(),
  activation: fc.constantFrom('tanh' as const, 'linear' as const),
  m: fc.integer({ min: 1, max: 4 }),
  seed: fc.integer({ min: 0, max: 999 }),
  sliceBytes: fc.constantFrom(1, 2 ** 26),
})

describe.each(testEngines)('LSTM on %s', (engine) => {
  onEngine(engine)

  // The hard sigmoid, which is tfjs's default between steps, has kinks, where rounding decides.
  test.prop([specs], { numRuns: 8 })(
    'agrees with one example at a time',
    async ({ steps, features, m, seed, sliceBytes, ...options }) => {
      const model = tfl.sequential({
        layers: [
          dense({ units: 2, activation: 'tanh', inputShape: [steps, features] }),
          lstm({ ...options, ...plain, recurrentActivation: 'sigmoid' }),
          dense({ units: 2 }),
        ],
      })
      expect(await wrongIn(randomCase(model, m, seed), sliceBytes)).toEqual([])
    },
  )

  it('agrees with tfjs’s own defaults, and where one layer stands on another', async () => {
    const model = tfl.sequential({
      layers: [lstm({ units: 3, returnSequences: true, inputShape: [3, 2], ...plain }), lstm({ units: 2, ...plain })],
    })
    expect(await wrongIn(randomCase(model, 3, 5))).toEqual([])
  })

  it('agrees on sequences of a single step', async () => {
    const model = tfl.sequential({ layers: [lstm({ units: 3, inputShape: [1, 2], ...plain }), dense({ units: 2 })] })
    expect(await wrongIn(randomCase(model, 3, 3))).toEqual([])
  })

  it('agrees where one layer is called twice', async () => {
    const shared = lstm({ units: 2, returnSequences: true, recurrentActivation: 'sigmoid', ...plain })
    const input = tfl.input({ shape: [3, 2] })
    const once = shared.apply(input) as tfl.SymbolicTensor
    const twice = shared.apply(once) as tfl.SymbolicTensor
    expect(await wrongIn(randomCase(tfl.model({ inputs: input, outputs: twice }), 3, 7))).toEqual([])
  })

  it.each([false, true])('leaves out the steps that a mask leaves out, backwards: %s', async (goBackwards) => {
    const model = tfl.sequential({
      layers: [
        masking({ maskValue: 0, inputShape: [4, 2] }),
        lstm({ units: 2, goBackwards, returnSequences: true, recurrentActivation: 'sigmoid', ...plain }),
      ],
    })
    const at = randomCase(model, 3, 11)
    const counted = tf.tensor3d([
      [[1], [1], [0], [0]],
      [[0], [1], [0], [1]],
      [[1], [1], [1], [1]],
    ])
    const inputs = tf.mul(at.batch.inputs, counted)
    tf.dispose([at.batch.inputs, counted])
    expect(await wrongIn({ ...at, batch: { ...at.batch, inputs } })).toEqual([])
  })

  it('takes words behind an embedding whose mask says where they end', async () => {
    const model = tfl.sequential({
      layers: [
        embedding({ inputDim: 5, outputDim: 3, maskZero: true, inputLength: 4 }),
        lstm({ units: 2, recurrentActivation: 'sigmoid', ...plain }),
      ],
    })
    const at = randomCase(model, 3, 13)
    at.batch.inputs.dispose()
    const inputs = tf.tensor2d([
      [1, 2, 0, 0],
      [4, 4, 1, 0],
      [3, 1, 2, 4],
    ])
    expect(await wrongIn({ ...at, batch: { ...at.batch, inputs } })).toEqual([])
  })

  it('forms no row of a kernel', () => {
    const [m, steps, units] = [64, 3, 48]
    const model = tfl.sequential({ layers: [lstm({ units, inputShape: [steps, 48], ...plain })] })
    const at = randomCase(model, m, 17)
    const formed = 4 * m * (48 + units) * 4 * units
    const before = tf.memory().numBytes
    const stack = perExampleGradients(model, at.loss, at.batch)
    expect(tf.memory().numBytes - before).toBeLessThan(formed / 8)
    stack.dispose()
    tf.dispose([at.batch.inputs, at.batch.labels])
    model.dispose()
  })
})

it('says which are beyond the rule', () => {
  const model = tfl.sequential({
    layers: [
      lstm({ name: 'a', units: 2, dropout: 0.2, returnSequences: true, inputShape: [3, 2], ...plain }),
      lstm({ name: 'b', units: 2, ...plain }),
    ],
  })
  expect(unruledLayers(model)).toEqual([{ name: 'a', className: 'LSTM', refusal: 'has dropout of its own' }])
  const input = tfl.input({ shape: [3, 2] })
  const [, h, c] = lstm({ units: 2, returnState: true, ...plain }).apply(input) as tfl.SymbolicTensor[]
  const output = lstm({ units: 2, ...plain }).apply([input, h!, c!]) as tfl.SymbolicTensor
  const refusals = unruledLayers(tfl.model({ inputs: input, outputs: output })).map(({ refusal }) => refusal)
  expect(refusals).toEqual(Array.from({ length: 2 }, () => 'hands its state to another layer, or takes one from it'))
})
