import { loadReference, relativeError, testEngines } from '@coherent-gradients/testkit'
import { test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { formed, onCpu, onEngine, randomCase, type Case } from '../agreement.test-support.ts'
import { microBatchGradients, trainableWeights, type MicroBatchOptions } from '../index.ts'
import { networkCase, randomNetworks } from '../random-networks.test-support.ts'
import { referenceCase } from '../reference-model.test-support.ts'

const training: MicroBatchOptions = { batchNormalization: 'training' }

const bits = async (model: tfl.LayersModel): Promise<string[]> => {
  const weights = await Promise.all(model.getWeights().map((weight) => weight.data()))
  return weights.map((values) => new Uint32Array(Float32Array.from(values).buffer).join())
}

/** The twin: tfjs's own training mode, a group at a time. By weight, a flattened gradient a group. */
function groupByGroup({ model, loss, batch }: Case, groups: number): Promise<Record<string, number[][]>> {
  const trained = (): Record<string, number[][]> => {
    const weights = trainableWeights(model)
    const before = model.getWeights().map((weight) => tf.clone(weight))
    const size = batch.inputs.shape[0]! / groups
    const rows: Record<string, number[][]> = Object.fromEntries(weights.map(({ name }) => [name, []]))
    for (let j = 0; j < groups; j++) {
      tf.tidy(() => {
        const ids = Array.from({ length: size }, (_, i) => j * size + i)
        const [inputs, labels] = [tf.gather(batch.inputs, ids), tf.gather(batch.labels, ids)]
        const { grads } = tf.variableGrads(
          () => tf.mean(loss.perExample(model.apply(inputs, { training: true }) as tf.Tensor, labels)) as tf.Scalar,
          weights.map(({ variable }) => variable),
        )
        for (const { name, variable } of weights) rows[name]!.push([...grads[variable.name]!.dataSync()])
      })
    }
    model.setWeights(before)
    tf.dispose(before)
    return rows
  }
  return onCpu(trained, [batch.inputs, batch.labels])
}

/** Below a normalisation the parts of a gradient may all but cancel: errors count against a tenth of all gradients' norm. */
async function disagreements(at: Case, groups: number): Promise<string[]> {
  const expected = await groupByGroup(at, groups)
  const tensors = tf.memory().numTensors
  const weights = await bits(at.model)
  const stack = microBatchGradients(at.model, at.loss, at.batch, groups, training)
  const all = Math.hypot(...Object.values(expected).flat(2))
  const found: string[] = []
  for (const block of stack.blocks) {
    const wanted = expected[block.name]!.flat()
    const rows = await formed(block)
    const error = Math.hypot(...rows.map((x, i) => x - wanted[i]!))
    if (!(error <= 1e-3 * Math.max(Math.hypot(...wanted), 0.1 * all))) found.push(`${block.name} is off by ${error}`)
  }
  if (stack.blocks.length !== Object.keys(expected).length) found.push(`${stack.blocks.length} blocks`)
  stack.dispose()
  if (tf.memory().numTensors !== tensors) found.push(`${tf.memory().numTensors - tensors} tensors left`)
  if ((await bits(at.model)).join(';') !== weights.join(';')) found.push('weights or moving statistics changed')
  return found
}

describe.each(testEngines)('batch normalisation in training mode on %s', (engine) => {
  onEngine(engine)

  it('gives the reference network’s batch gradients', async () => {
    const reference = loadReference('conv-batchnorm')
    const { model, loss, batch } = referenceCase(reference)
    const { batches, batchGradients } = reference.expected.trainModeBatchNorm!
    const stack = microBatchGradients(model, loss, batch, batches, training)
    const rows: number[] = []
    for (let j = 0; j < batches; j++) {
      for (const name of reference.parameterOrder) {
        const block = stack.blocks.find((each) => each.name === name)!
        rows.push(...(await formed(block)).slice(j * block.size, (j + 1) * block.size))
      }
    }
    expect(relativeError(rows, batchGradients.data)).toBeLessThan(1e-5)
    stack.dispose()
  })

  const some = randomNetworks().map((network) => ({
    ...network,
    steps: network.steps.flatMap((step) => [step, { ...step, kind: 'batchNormalization' }]),
    m: 6,
  }))

  test.prop([some], { numRuns: 8 })('agrees with tfjs’s own on random networks', async (network) => {
    const at = networkCase(network)
    expect(await disagreements(at, 2)).toEqual([])
    tf.dispose([at.batch.inputs, at.batch.labels])
    at.model.dispose()
  })

  it('goes through layers without a rule', async () => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.batchNormalization({ inputShape: [4, 2] }),
        tfl.layers.simpleRNN({ units: 3, recurrentInitializer: 'zeros' }),
        tfl.layers.batchNormalization(),
        tfl.layers.dense({ units: 2 }),
      ],
    })
    expect(await disagreements(randomCase(model, 8, 3), 2)).toEqual([])
  })

  it('goes along any axis, and needs neither γ nor β', async () => {
    const rows = async (normalization: tfl.layers.Layer[]): Promise<number[]> => {
      const layers = [tfl.layers.dense({ name: 'd', units: 3, inputShape: [4, 2] }), ...normalization]
      const model = tfl.sequential({ layers: [...layers, tfl.layers.activation({ activation: 'tanh' })] })
      const { loss, batch } = randomCase(model, 6, 1)
      for (const layer of normalization) {
        const ones = layer.getWeights().map((weight, w) => (w === 0 ? tf.onesLike(weight) : tf.zerosLike(weight)))
        if (ones.length === 4) layer.setWeights(ones)
      }
      const stack = microBatchGradients(model, loss, batch, 2, training)
      const kernel = await formed(stack.blocks[0]!)
      stack.dispose()
      return kernel
    }
    const turned = tfl.layers.permute({ dims: [2, 1] })
    const back = tfl.layers.permute({ dims: [2, 1] })
    const expected = await rows([turned, tfl.layers.batchNormalization(), back])
    expect(await rows([tfl.layers.batchNormalization({ axis: 1, scale: false, center: false })])).toBeAllClose(
      expected,
      {
        rtol: 1e-4,
        atol: 1e-5,
      },
    )
  })
})

it('refuses a mode that it does not have', () => {
  const model = tfl.sequential({ layers: [tfl.layers.dense({ units: 1, inputShape: [1] })] })
  const { loss, batch } = randomCase(model, 2, 1)
  expect(() => microBatchGradients(model, loss, batch, 1, { batchNormalization: 'frozenBatch' as never })).toThrow(
    /required batchNormalization inference or training, found frozenBatch/,
  )
})
