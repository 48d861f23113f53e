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
  if (block.factors !== undefined && isRegistered(statistic.ofFactors)) {
    const { activations, deltas } = block.factors
    return tf.engine().runKernel(statistic.ofFactors, { activations, deltas }, attributesOf(ranks))
  }
  return sliceBySlice(block, rows, sliceBytes, (slice) => ofRowsByRanks(slice, statistic, ranks))
}

/** The statistic of each column of formed rows [n, columns]: by the backend's kernel where it has one, else composed. */
export function ofRowsByRanks(rows: Tensor2D, statistic: RankStatistic, ranks: Ranks): Tensor1D {
  return isRegistered(statistic.ofRows)
    ? tf.engine().runKernel(statistic.ofRows, { rows }, attributesOf(ranks))
    : statistic.composed(rows, ranks)
}

function attributesOf({ lower, upper }: Ranks): { lowerRank: number; upperRank: number } {
  return { lowerRank: lower, upperRank: upper }
}

function isRegistered(kernelName: string): boolean {
  return tf.getKernel(kernelName, tf.getBackend()) !== undefined
}
