import { mean } from '@coherent-gradients/aggregators'
import { perExampleGradients, softmaxCrossEntropy } from '@coherent-gradients/gradients'
import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { everySteps, tensorBatch, train, type Probe } from './index.ts'
import { open, toyBatches, toyModel, toySplit } from './toy.test-support.ts'

describe.each(testEngines)('a thousand steps on %s', (engine) => {
  beforeAll(() => open(engine))

  it('hold as many tensors, and as much of the backend’s data, at every hundredth', async () => {
    const split = toySplit(60)
    const model = toyModel()
    const batch = toyBatches(split, 12)
    const held: string[] = []
    /** Per-example gradients as a measurement makes them, then a count. */
    const count: Probe<void> = {
      name: 'count',
      schedule: everySteps(100),
      async measure() {
        const tensors = tensorBatch(await batch(0))
        const stack = perExampleGradients(model, softmaxCrossEntropy, tensors)
        tf.dispose(stack.blocks.map((block) => block.squaredNorms()))
        stack.dispose()
        tf.dispose([tensors.inputs, tensors.labels])
        const { numTensors, numBytes } = tf.memory()
        held.push(`${numTensors} tensors, ${numBytes} bytes, ${tf.backend().numDataIds()} data`)
      },
    }
    const run = train({
      model,
      loss: softmaxCrossEntropy,
      aggregator: mean(),
      batch,
      examplesPerEpoch: 60,
      steps: 1000,
      learningRate: 0.01,
      probes: [count],
    })
    for await (const event of run) if (event.kind === 'diverged') throw new Error('diverged')
    model.dispose()
    expect(held.length).toBeGreaterThanOrEqual(10)
    // The first measurement comes before the first update.
    expect(new Set(held.slice(1)).size, held.join('\n')).toBe(1)
    // A GPU in software takes its time.
  }, 900_000)
})
