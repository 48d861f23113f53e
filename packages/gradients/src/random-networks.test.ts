import { testEngines } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect } from 'vitest'
import { disagreements, isWellConditioned, onCpu, onEngine, type Case } from './agreement.test-support.ts'
import { exampleByExample } from './example-by-example.test-support.ts'
import { networkCase, randomNetworks } from './random-networks.test-support.ts'

const twinOf = ({ model, loss, batch }: Case): Promise<Record<string, number[][]>> =>
  onCpu(() => exampleByExample(model, loss, batch), [batch.inputs, batch.labels])

describe.each(testEngines)('random networks on %s', (engine) => {
  onEngine(engine)

  test.prop([randomNetworks()], { numRuns: 15 })('agree with one example at a time', async (network) => {
    const at = networkCase(network)
    try {
      fc.pre(await isWellConditioned(at, twinOf, 1e-3))
      expect(await disagreements(at, { sliceBytes: network.sliceBytes }, 1e-4)).toEqual([])
    } finally {
      tf.dispose([at.batch.inputs, at.batch.labels])
      at.model.dispose()
    }
  })
})
