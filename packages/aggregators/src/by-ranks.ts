import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { GradientBlock } from '@coherent-gradients/gradients'
import type { Ranks } from '@coherent-gradients/kernels'
import { kernelNames } from '@coherent-gradients/kernels/tfjs'
import { composedMeanAroundMedian } from './composed-mean-around-median.ts'
import { composedTrimmedMean } from './composed-trimmed-mean.ts'
import { composedWinsorizedMean } from './composed-winsorized-mean.ts'
import { sliceBySlice } from './slice-by-slice.ts'

/** A statistic of each coordinate's values that is given by two ranks, in its three forms. */
export interface RankStatistic {
  readonly ofRows: string
  readonly ofFactors: string
  readonly composed: (rows: Tensor2D, ranks: Ranks) => Tensor1D
}

export const winsorized: RankStatistic = {
  ofRows: kernelNames.winsorizedMeanOfRows,
  ofFactors: kernelNames.winsorizedMeanOfFactors,
  composed: composedWinsorizedMean,
}

export const trimmed: RankStatistic = {
  ofRows: kernelNames.trimmedMeanOfRows,
  ofFactors: kernelNames.trimmedMeanOfFactors,
  composed: composedTrimmedMean,
}

/** Of the ranks only how many they are counts. */
export const aroundMedian: RankStatistic = {
  ofRows: kernelNames.meanAroundMedianOfRows,
  ofFactors: kernelNames.meanAroundMedianOfFactors,
  composed: (rows, { lower, upper }) => composedMeanAroundMedian(rows, rows.shape[0] - (upper - lower + 1)),
}

/**
 * The statistic of every coordinate of a block: by the backend's kernel, over the factors where the block has them and
 * slice by slice where not; on a backend without the kernel, by tfjs operations.
 */
export function byRanks(
  block: GradientBlock,
  rows: number,
  statistic: RankStatistic,
  ranks: Ranks,
  sliceBytes: number,
): Tensor {
  const attributes = { lowerRank: ranks.lower, upperRank: ranks.upper }
  if (block.factors !== undefined && isRegistered(statistic.ofFactors)) {
    const { activations, deltas } = block.factors
    return tf.engine().runKernel(statistic.ofFactors, { activations, deltas }, attributes)
  }
  const ofRows = isRegistered(statistic.ofRows)
  return sliceBySlice(block, rows, sliceBytes, (slice) =>
    ofRows ? tf.engine().runKernel(statistic.ofRows, { rows: slice }, attributes) : statistic.composed(slice, ranks),
  )
}

function isRegistered(kernelName: string): boolean {
  return tf.getKernel(kernelName, tf.getBackend()) !== undefined
}
