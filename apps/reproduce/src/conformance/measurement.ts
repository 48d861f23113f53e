import {
  summarise,
  weights,
  type CoherenceSummary,
  type GradientStatistic,
  type WeightCoherence,
} from '@coherent-gradients/coherence'
import { gramOf, statisticOf } from '@coherent-gradients/coherence/tfjs'
import { perExampleGradients, type GradientStack } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { ReferenceCase } from './reference-case.ts'
import type { ReferenceFile } from './reference-file.ts'

/** What the public API says of a reference network, once for all checks. Index legend: i, j of m, element k of p. */
export interface Measurement {
  readonly file: ReferenceFile
  readonly network: ReferenceCase
  readonly stack: GradientStack
  readonly m: number
  /** [m] */
  readonly losses: Float32Array
  /** By weight: [m × size], formed. */
  readonly rows: ReadonlyMap<string, Float32Array>
  /** [m] over all weights. */
  readonly squaredNorms: Float64Array
  /** [m × m] over all weights. */
  readonly gram: Float64Array
  readonly statistic: GradientStatistic
  readonly summary: CoherenceSummary
  readonly weights: readonly WeightCoherence[]
}

/** Takes everything that the checks look at. The stack and the network stay open: the caller disposes of both. */
export async function measurementOf(file: ReferenceFile, network: ReferenceCase): Promise<Measurement> {
  const stack = perExampleGradients(network.model, network.loss, network.batch)
  const m = stack.rows
  const squaredNorms = new Float64Array(m)
  for (const block of stack.blocks) {
    const values = await read(block.squaredNorms())
    for (let i = 0; i < m; i++) squaredNorms[i]! += values[i]!
  }
  const rows = new Map<string, Float32Array>()
  for (const block of stack.blocks) rows.set(block.name, await read(block.columns(0, block.size)))
  const statistic = await statisticOf(stack)
  return {
    file,
    network,
    stack,
    m,
    losses: (await stack.losses.data()) as Float32Array,
    rows,
    squaredNorms,
    gram: (await gramOf(stack)).data,
    statistic,
    summary: summarise(statistic),
    weights: weights(statistic),
  }
}

/** The numbers of a tensor that nobody needs afterwards. */
export async function read(tensor: Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array
  } finally {
    tf.dispose(tensor)
  }
}
