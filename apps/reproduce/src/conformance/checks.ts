import { coordinateMedian, medianOfMeans, winsorizedMean } from '@coherent-gradients/aggregators'
import {
  alpha,
  expectedGradientDistance,
  gradientDiversity,
  meanPairwiseCosine,
  meanPairwiseDot,
  simpleNoiseScale,
  statisticOfRows,
  type Gram,
} from '@coherent-gradients/coherence'
import { microBatchGradients, type Aggregator, type GradientStack } from '@coherent-gradients/gradients'
import { trimmedMeanOfRows } from '@coherent-gradients/kernels'
import * as tf from '@tensorflow/tfjs-core'
import { arrayCheck, arraysCheck, numberCheck, weightsCheck, type Check } from './check.ts'
import { errorOf } from './error-of.ts'
import type { Measurement } from './measurement.ts'
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
  { name: 'trainModeBatchNorm', leavesOut: ['batchGradients'], compare: compareImputation },
]

const gramIn = ({ m, gram }: Measurement): Gram => ({ count: m, data: gram })

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

/** α of the batch gradients that the file holds, and what Appendix D makes of it: α_B / (k − (k − 1)·α_B). */
function compareImputation(expected: unknown): { figure: string; error: number }[] {
  const {
    batchSize: k,
    batchGradients,
    alphaOfBatches,
    alphaImputed,
  } = expected as Record<string, number> & {
    batchGradients: unknown
  }
  if (!isArray(batchGradients)) throw new RangeError('trainModeBatchNorm: required batchGradients')
  const [count] = batchGradients.shape as [number]
  const ofBatches = alpha(statisticOfRows({ count, data: batchGradients.data }))
  const imputed = ofBatches / (k! - (k! - 1) * ofBatches)
  return [
    { figure: 'trainModeBatchNorm.alphaOfBatches', error: errorOf([ofBatches], [alphaOfBatches!]) },
    { figure: 'trainModeBatchNorm.alphaImputed', error: errorOf([imputed], [alphaImputed!]) },
  ]
}
