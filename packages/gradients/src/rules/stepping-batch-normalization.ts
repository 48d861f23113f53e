import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import { batchStatistics } from './batch-normalization-statistics.ts'
import type { Layer, LayerRule } from './layer-rule.ts'
import { rowsOf } from '../rows-of.ts'
import { trainingBatchNormalization } from './training-batch-normalization.ts'

interface Moving {
  readonly momentum: number
  readonly movingMean: MovingStatistic
  readonly movingVariance: MovingStatistic
}
interface MovingStatistic {
  read(): Tensor1D
  write(value: Tensor): void
}

/**
 * A rule for BatchNormalization that also moves the layer's moving statistics, as training does: once for each of k equal,
 * consecutive parts of the batch, one after another.
 *
 *   μ̄ ← β μ̄ + (1 − β) μⱼ,  likewise σ̄²
 *
 * Index legend: j of k parts, μⱼ and σⱼ² the part's own, β the layer's momentum.
 */
export function movingAlong(rule: LayerRule, parts: number): LayerRule {
  return {
    ...rule,
    preActivation(layer, input) {
      inParts(input, parts, (part) => move(layer, part))
      return rule.preActivation(layer, input)
    },
  }
}

/** BatchNormalization in training mode for each of k equal, consecutive parts of the batch by itself. */
export function trainingInParts(parts: number): LayerRule {
  return {
    ...trainingBatchNormalization,
    preActivation: (layer, input) =>
      tf.concat(inParts(input, parts, (part) => trainingBatchNormalization.preActivation(layer, part))),
  }
}

function inParts<T>(input: Tensor, parts: number, of: (part: Tensor) => T): T[] {
  if (parts === 1) return [of(input)]
  const size = input.shape[0]! / parts
  return Array.from({ length: parts }, (_, j) => of(rowsOf(input, j * size, size)))
}

function move(layer: Layer, input: Tensor): void {
  const { momentum, movingMean, movingVariance } = layer as unknown as Moving
  tf.tidy(() => {
    const { mean, variance } = batchStatistics(layer, input)
    for (const [moving, value] of [
      [movingMean, mean],
      [movingVariance, variance],
    ] as const) {
      moving.write(tf.sub(moving.read(), tf.mul(tf.sub(moving.read(), value), 1 - momentum)))
    }
  })
}
