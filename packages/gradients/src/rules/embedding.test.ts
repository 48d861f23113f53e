import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { disagreements, onEngine, randomCase, type Case } from '../agreement.test-support.ts'

describe.each(testEngines)('Embedding on %s', (engine) => {
  onEngine(engine)

  it.each([
    { length: 6, sliceBytes: 2 ** 26, maskZero: false },
    { length: 6, sliceBytes: 1, maskZero: false },
    { length: 1, sliceBytes: 400, maskZero: false },
    { length: 5, sliceBytes: 400, maskZero: true },
  ])(
    'adds up what is looked up more than once: $length ids, $sliceBytes bytes',
    async ({ length, sliceBytes, maskZero }) => {
      const model = tfl.sequential({
        layers: [
          tfl.layers.embedding({ inputDim: 7, outputDim: 3, inputLength: length, maskZero }),
          tfl.layers.activation({ activation: 'tanh' }),
          tfl.layers.dense({ units: 2 }),
        ],
      })
      expect(await disagreements(withIds(randomCase(model, 4, 31), 7), { sliceBytes })).toEqual([])
    },
  )

  it('joins the calls of a shared layer', async () => {
    const shared = tfl.layers.embedding({ inputDim: 5, outputDim: 2 })
    const input = tfl.input({ shape: [4] })
    const reversed = tfl.layers.reshape({ targetShape: [2, 2] }).apply(input)
    const [once, again] = [input, reversed].map((ids) =>
      tfl.layers.flatten().apply(tfl.layers.activation({ activation: 'tanh' }).apply(shared.apply(ids))),
    ) as [tfl.SymbolicTensor, tfl.SymbolicTensor]
    const outputs = tfl.layers.multiply().apply([once, again]) as tfl.SymbolicTensor
    expect(await disagreements(withIds(randomCase(tfl.model({ inputs: input, outputs }), 3, 8), 5))).toEqual([])
  })
})

/** The case at ids below `vocabulary`, some of them twice in an example. */
function withIds(at: Case, vocabulary: number): Case {
  const inputs = tf.tidy(() => tf.floor(tf.mul(tf.abs(tf.sin(tf.mul(at.batch.inputs, 100))), vocabulary - 0.01)))
  return { ...at, batch: { ...at.batch, inputs } }
}
