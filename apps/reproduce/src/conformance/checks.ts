import { coordinateMedian, medianOfMeans, winsorizedMean } from '@coherent-gradients/aggregators'
import {
  expectedGradientDistance,
  gradientDiversity,
  imputedAlpha,
  meanPairwiseCosine,
  meanPairwiseDot,
  simpleNoiseScale,
  type Gram,
} from '@coherent-gradients/coherence'
import { statisticOf } from '@coherent-gradients/coherence/tfjs'
import { microBatchGradients, type Aggregator, type GradientStack } from '@coherent-gradients/gradients'
import { trimmedMeanOfRows } from '@coherent-gradients/kernels'
import * as tf from '@tensorflow/tfjs-core'
import { arrayCheck, arraysCheck, numberCheck, weightsCheck, type Check, type Compared } from './check.ts'
import { errorOf } from './error-of.ts'
import { read, type Measurement } from './measurement.ts'
import { isArray } from './reference-file.ts'

/** ‖g‖² of a typical example: dot products of different examples are small sums of terms of this size. */
const typicalSquaredNorm = ({ summary }: Measurement): number => summary.meanSquaredNorm

/** A coordinate-wise statistic may be almost zero where gradients are not: below a thousandth of ‖g‖ it is rounding. */
const thousandthOfNorm = ({ summary }: Measurement): number => Math.sqrt(summary.meanSquaredNorm) / 1000

/** Every figure that a reference vector may hold under `expected`, by its name there. */
export const checks: readonly Check[] = [
  arrayCheck('squaredNorms', ({ squaredNorms }) => squaredNorms),
  arrayCheck('gram', ({ gram }) => gram),
  numberCheck('alpha', ({ summary }) => summary.alpha),
  numberCheck('mAlpha', ({ summary }) => summary.mAlpha),
  // (m·α − 1)/(m − 1) is a difference of two numbers near 1 where gradients are near orthogonal.
  numberCheck(
    'alphaDebiased',
    ({ summary }) => summary.alphaDebiased ?? Number.NaN,
    ({ m }) => 1 / (m - 1),
  ),
  numberCheck('meanOfSquaredNorms', ({ summary }) => summary.meanSquaredNorm),
  numberCheck('squaredNormOfMean', ({ summary }) => summary.squaredNormOfMean),
  weightsCheck('alphaPerParameterTensor', (weight) => weight.alpha),
  weightsCheck('secondMomentPerParameterTensor', (weight) => weight.meanSquaredNorm),
  numberCheck('meanPairwiseDot', ({ statistic }) => meanPairwiseDot(statistic) ?? Number.NaN, typicalSquaredNorm),
  numberCheck(
    'meanPairwiseCosine',
    (measured) => meanPairwiseCosine(gramIn(measured)) ?? Number.NaN,
    () => 1,
  ),
  // Over independent pairs: an example may meet itself.
  numberCheck('meanGradientDistance', (measured) => expectedGradientDistance(gramIn(measured))),
  numberCheck('gradientDiversity', ({ statistic }) => gradientDiversity(statistic)),
  numberCheck('simpleNoiseScale', ({ statistic }) => simpleNoiseScale(statistic)),
  arraysCheck(
    'winsorized',
    (count, measured) => aggregated(measured, winsorizedMean({ count: Number(count) })),
    thousandthOfNorm,
  ),
  arraysCheck('trimmedMean', (count, measured) => trimmedMean(measured, Number(count)), thousandthOfNorm),
  arrayCheck('coordinateMedian', (measured) => aggregated(measured, coordinateMedian()), thousandthOfNorm),
  arrayCheck('medianOfMeansOf3', medianOfMeansOf3, thousandthOfNorm),
  { name: 'trainModeBatchNorm', compare: compareBatches },
]

const gramIn = ({ m, gram }: Measurement): Gram => ({ m, data: gram })

async function aggregated(
  { file, stack }: Measurement,
  aggregator: Aggregator,
  of: GradientStack = stack,
): Promise<number[]> {
  const state = aggregator.init(of.blocks)
  const { gradient, state: next } = aggregator.aggregate(of, state)
  try {
    const parts: number[] = []
    for (const name of file.parameterOrder) for (const x of await gradient[name]!.data()) parts.push(x)
    return parts
  } finally {
    tf.dispose([gradient, state, next] as tf.TensorContainer)
  }
}

async function medianOfMeansOf3(measured: Measurement): Promise<number[]> {
  const { model, loss, batch } = measured.network
  const stack = microBatchGradients(model, loss, batch, 3)
  try {
    return await aggregated(measured, medianOfMeans({ groups: 3 }), stack)
  } finally {
    stack.dispose()
  }
}

function trimmedMean({ file, rows, m }: Measurement, count: number): number[] {
  return file.parameterOrder.flatMap((name) => {
    const values = rows.get(name)!
    return [
      ...trimmedMeanOfRows({ values, rows: m, columns: values.length / m }, { lower: count, upper: m - 1 - count }),
    ]
  })
}

/**
 * Gradients of consecutive batches in batch normalisation's training mode, their α, and what plain imputation makes of it.
 */
async function compareBatches(expected: unknown, { file, network }: Measurement): Promise<Compared[]> {
  const {
    batches,
    batchSize,
    batchGradients,
    alphaOfBatches,
    alphaImputed: plugIn,
  } = expected as Record<string, number> & { batchGradients: unknown }
  if (!isArray(batchGradients)) throw new RangeError('trainModeBatchNorm: required batchGradients')
  const { model, loss, batch } = network
  const first = (tensor: tf.Tensor): tf.Tensor => tf.slice(tensor, 0, batches! * batchSize!)
  const used = { inputs: first(batch.inputs), labels: first(batch.labels) }
  const stack = microBatchGradients(model, loss, used, batches!, { batchNormalization: 'training' })
  try {
    const imputed = imputedAlpha(await statisticOf(stack), batchSize!)
    const figures = [
      { figure: 'batchGradients', error: errorOf(await joinedRows(stack, file.parameterOrder), batchGradients.data) },
      { figure: 'alphaOfBatches', error: errorOf([imputed.alphaOfBatches], [alphaOfBatches!]) },
      { figure: 'alphaImputed', error: errorOf([imputed.plugIn], [plugIn!]) },
    ]
    return figures.map(({ figure, error }) => ({ figure: `trainModeBatchNorm.${figure}`, error }))
  } finally {
    tf.dispose([used.inputs, used.labels])
    stack.dispose()
  }
}

/** [rows, p], row-major: each row's gradients of all weights, in the file's order. */
async function joinedRows(stack: GradientStack, order: readonly string[]): Promise<Float64Array> {
  const p = stack.blocks.reduce((sum, { size }) => sum + size, 0)
  const joined = new Float64Array(stack.rows * p)
  let from = 0
  for (const name of order) {
    const block = stack.blocks.find((each) => each.name === name)
    if (block === undefined) throw new RangeError(`no gradients of ${name}`)
    const values = await read(block.columns(0, block.size))
    for (let row = 0; row < stack.rows; row++) {
      joined.set(values.subarray(row * block.size, (row + 1) * block.size), row * p + from)
    }
    from += block.size
  }
  return joined
}
