import { testEngines } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect } from 'vitest'
import { disagreements, onEngine, randomCase } from '../agreement.test-support.ts'

const specs = fc.record({
  size: fc.tuple(fc.integer({ min: 4, max: 6 }), fc.integer({ min: 4, max: 6 })),
  channels: fc.integer({ min: 1, max: 3 }),
  depthMultiplier: fc.integer({ min: 1, max: 3 }),
  kernelSize: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
  stride: fc.integer({ min: 1, max: 3 }),
  padding: fc.constantFrom('same' as const, 'valid' as const),
  useBias: fc.boolean(),
  activation: fc.constantFrom('linear' as const, 'tanh' as const),
  m: fc.integer({ min: 1, max: 4 }),
  seed: fc.integer({ min: 0, max: 999 }),
  sliceBytes: fc.constantFrom(1, 2 ** 26),
})

describe.each(testEngines)('DepthwiseConv2D on %s', (engine) => {
  onEngine(engine)

  test.prop([specs], { numRuns: 10 })(
    'agrees with one example at a time',
    async ({ size, channels, stride, m, seed, sliceBytes, ...options }) => {
      const model = tfl.sequential({
        layers: [
          tfl.layers.conv2d({ filters: 2, kernelSize: 1, inputShape: [...size, channels], activation: 'tanh' }),
          tfl.layers.depthwiseConv2d({ ...options, strides: [stride, stride] }),
        ],
      })
      const at = randomCase(model, m, seed)
      expect(await disagreements(at, { sliceBytes })).toEqual([])
      tf.dispose([at.batch.inputs, at.batch.labels])
      model.dispose()
    },
  )
})
