import { imputedAlpha, imputedAlphaInterval } from '@coherent-gradients/coherence'
import { gramOf } from '@coherent-gradients/coherence/tfjs'
import { derive, permutation, randomStream, type Key, type Split } from '@coherent-gradients/core'
import { microBatchGradients, type Loss, type TensorBatch } from '@coherent-gradients/gradients'
import type { ImputationRow } from '@coherent-gradients/runlog'
import { tensorBatch } from '@coherent-gradients/training'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { ImputationSpec } from '../run-spec.ts'
import { measureCoherence } from './measure-coherence.ts'
import { withSigns } from './with-signs.ts'

export type MeasuredImputation = Omit<ImputationRow, 'step' | 'epoch' | 'split' | 'elapsedMs'>

export interface ImputationOptions extends Omit<ImputationSpec, 'at'> {
  readonly key: Key
}

/**
 * α imputed from batches that are drawn from the given examples, without any example twice, and the direct α of all of
 * them; then the same of the same batches with a random sign for each example, where α is 0. With `statistics: 'both'`, of a network
 * with batch normalisation, the batches by moving statistics and by their own instead, each with the direct α nearest to it.
 *
 * For each k the largest K is drawn `draws` times; each smaller K takes the draw's batches K at a time.
 *
 * @returns nothing where a loss is not finite.
 */
export async function measureImputation(
  model: LayersModel,
  loss: Loss,
  split: Split,
  ids: Uint32Array,
  { batchSizes, batches, draws, statistics, key }: ImputationOptions,
): Promise<readonly MeasuredImputation[]> {
  const direct = await measureCoherence(model, loss, split, ids)
  if (direct === null) return []
  const frozen =
    statistics === 'both'
      ? await measureCoherence(model, loss, split, ids, ids.length, { batchNormalization: 'frozenBatch' })
      : undefined
  if (frozen === null) return []
  const most = Math.max(...batches)
  const measured: MeasuredImputation[] = []
  for (const batchSize of batchSizes) {
    for (let drawn = 0; drawn < draws; drawn++) {
      const own = derive(derive(key, batchSize), drawn)
      const order = permutation(derive(own, 'examples'), ids.length).subarray(0, most * batchSize)
      const plain = tensorBatch(await split.read(Uint32Array.from(order, (i) => ids[i]!)))
      const signed = { inputs: plain.inputs, labels: signedLabels(plain, derive(own, 'signs')) }
      try {
        const alpha = direct.scopes[0]!.alphaDebiased!
        const compared =
          frozen === undefined
            ? ([
                ['all', plain, loss, alpha, 'training'],
                ['random signs', signed, withSigns(loss), 0, 'training'],
              ] as const)
            : ([
                ['moving statistics', plain, loss, alpha, 'inference'],
                ['own statistics', plain, loss, frozen.scopes[0]!.alphaDebiased!, 'training'],
              ] as const)
        for (const [population, batch, of, alphaDirect, batchNormalization] of compared) {
          const gram = await gramOfBatches(model, of, batch, most, batchNormalization)
          for (const count of batches) {
            const parts = Math.floor(most / count)
            for (let part = 0; part < parts; part++) {
              const draw = drawn * parts + part
              const imputed = imputationOf(gram, most, part * count, count, batchSize)
              measured.push({ population, draw, batches: count, batchSize, alphaDirect, ...imputed })
            }
          }
        }
      } finally {
        tf.dispose([plain.inputs, plain.labels, signed.labels])
      }
    }
  }
  return measured
}

/** [m, 2]: each example's class, and a random sign. */
function signedLabels({ labels }: TensorBatch, key: Key): tf.Tensor {
  const stream = randomStream(key)
  const signs = Array.from({ length: labels.size }, () => (stream.word() >>> 31 ? 1 : -1))
  return tf.tidy(() => tf.stack([tf.cast(labels, 'float32'), tf.tensor1d(signs)], 1))
}

async function gramOfBatches(
  model: LayersModel,
  loss: Loss,
  batch: TensorBatch,
  groups: number,
  batchNormalization: 'inference' | 'training',
): Promise<Float64Array> {
  const stack = microBatchGradients(model, loss, batch, groups, { batchNormalization })
  try {
    return (await gramOf(stack)).data
  } finally {
    stack.dispose()
  }
}

/** What K of the batches give, from their dot products. */
function imputationOf(
  gram: Float64Array,
  size: number,
  from: number,
  count: number,
  batchSize: number,
): Pick<ImputationRow, 'alphaOfBatches' | 'plugIn' | 'alphaDebiased' | 'low' | 'high'> {
  const members = Array.from({ length: count }, (_, j) => from + j)
  const squaredNorms = members.map((j) => gram[j * size + j]!)
  const dots = members.map((j) => members.reduce((sum, i) => sum + gram[j * size + i]!, 0))
  const total = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0)
  const block = { name: 'all', layer: 'all', sumOfSquaredNorms: total(squaredNorms), squaredNormOfSum: total(dots) }
  const { alphaOfBatches, plugIn, alphaDebiased } = imputedAlpha({ m: count, blocks: [block] }, batchSize)
  const interval = imputedAlphaInterval({ squaredNorms, dots }, batchSize)
  return {
    alphaOfBatches,
    plugIn,
    alphaDebiased: alphaDebiased!,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  }
}
