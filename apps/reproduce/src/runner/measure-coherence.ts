import { summarise, layers, monoid, type GradientStatistic } from '@coherent-gradients/coherence'
import { statisticOf } from '@coherent-gradients/coherence/tfjs'
import type { Split } from '@coherent-gradients/core'
import { perExampleGradients, type Loss, type PerExampleOptions } from '@coherent-gradients/gradients'
import { tensorBatch } from '@coherent-gradients/training'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'

/** Coherence of one group of examples at one point: of the whole network, then of each layer. */
export interface MeasuredCoherence {
  /** Mean loss of the measured examples. */
  readonly loss: number
  readonly scopes: readonly (ReturnType<typeof summarise> & { readonly scope: string })[]
}

/**
 * Coherence of the gradients of the given examples, read and merged in chunks, in their order.
 *
 * The chunks are part of the result's last bits: the same ids and chunk give the same bytes. By `frozenBatch` a chunk is the batch
 * whose statistics count, so that only one chunk of all makes sense.
 *
 * @returns null where a loss is not finite: a network that has diverged has no coherence.
 */
export async function measureCoherence(
  model: LayersModel,
  loss: Loss,
  split: Split,
  ids: Uint32Array,
  chunk = 500,
  options: PerExampleOptions = {},
): Promise<MeasuredCoherence | null> {
  let statistic: GradientStatistic = monoid.empty
  let sumOfLosses = 0
  for (let from = 0; from < ids.length; from += chunk) {
    const batch = tensorBatch(await split.read(ids.subarray(from, from + chunk)))
    const stack = perExampleGradients(model, loss, batch, options)
    try {
      for (const value of await stack.losses.data()) sumOfLosses += value
      if (!Number.isFinite(sumOfLosses)) return null
      statistic = monoid.concat(statistic, await statisticOf(stack))
    } finally {
      stack.dispose()
      tf.dispose([batch.inputs, batch.labels])
    }
  }
  return {
    loss: sumOfLosses / ids.length,
    scopes: [
      { scope: 'all', ...summarise(statistic) },
      ...layers(statistic).map(({ layer, share: _share, ...summary }) => ({ scope: `layer:${layer}`, ...summary })),
    ],
  }
}
