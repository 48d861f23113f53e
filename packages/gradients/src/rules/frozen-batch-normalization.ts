import * as tf from '@tensorflow/tfjs-core'
import { batchStatistics, type BatchNormalizationStatistics } from './batch-normalization-statistics.ts'
import { constantBatchNormalization } from './constant-batch-normalization.ts'
import type { Layer, LayerRule } from './layer-rule.ts'

/** BatchNormalization by one batch's statistics, held constant. */
export interface FrozenBatchNormalization {
  /** For the pass over the whole batch: takes each call's own mean and variance, and keeps them. */
  readonly recording: LayerRule
  /** For passes over parts of that batch: the statistics that were kept, call by call. */
  readonly replaying: LayerRule
  /** Frees what was kept. */
  dispose(): void
}

/** Two rules that share the statistics of one batch. Every layer's are those of the batch's own forward pass. */
export function frozenBatchNormalization(): FrozenBatchNormalization {
  const kept = new Map<Layer, BatchNormalizationStatistics[]>()
  const replayed = new Map<Layer, number>()
  const ofCall = (layer: Layer, call: number): BatchNormalizationStatistics => kept.get(layer)![call]!
  return {
    recording: constantBatchNormalization({
      of(layer, x) {
        const statistics = batchStatistics(layer, x)
        tf.keep(statistics.mean)
        tf.keep(statistics.variance)
        kept.set(layer, [...(kept.get(layer) ?? []), statistics])
        return statistics
      },
      ofCall,
    }),
    replaying: constantBatchNormalization({
      of(layer) {
        const calls = replayed.get(layer) ?? 0
        replayed.set(layer, calls + 1)
        // Each pass calls a shared layer as often as the recorded one did.
        return ofCall(layer, calls % kept.get(layer)!.length)
      },
      ofCall,
    }),
    dispose() {
      for (const { mean, variance } of [...kept.values()].flat()) tf.dispose([mean, variance])
      kept.clear()
    },
  }
}
