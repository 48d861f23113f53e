import { testEngines } from '@coherent-gradients/testkit'
import { test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect } from 'vitest'
import { disagreements, onEngine } from './agreement.test-support.ts'
import { networkCase, randomNetworks } from './random-networks.test-support.ts'

describe.each(testEngines)('random networks on %s', (engine) => {
  onEngine(engine)

  test.prop([randomNetworks()], { numRuns: 15 })('agree with one example at a time', async (network) => {
    const at = networkCase(network)
    expect(await disagreements(at, { sliceBytes: network.sliceBytes }, 1e-4)).toEqual([])
    tf.dispose([at.batch.inputs, at.batch.labels])
    at.model.dispose()
  })
})
