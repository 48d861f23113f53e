import { testEngines } from '@coherent-gradients/testkit'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { disagreements, onEngine, randomCase } from '../agreement.test-support.ts'

describe.each(testEngines)('PReLU on %s', (engine) => {
  onEngine(engine)

  it.each([
    { inputShape: [5] },
    { inputShape: [3, 2, 4] },
    { inputShape: [3, 2, 4], sharedAxes: [1, 2] },
    { inputShape: [3, 2, 4], sharedAxes: [3] },
    { inputShape: [3, 2], sharedAxes: [1, 2] },
  ])('agrees with one example at a time: $inputShape, shared along $sharedAxes', async ({ inputShape, ...options }) => {
    const model = tfl.sequential({
      layers: [tfl.layers.dense({ units: inputShape.at(-1)!, inputShape }), tfl.layers.prelu(options)],
    })
    expect(await disagreements(randomCase(model, 4, 23))).toEqual([])
  })
})
