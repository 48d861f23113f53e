import { byLayer } from './by-layer.ts'
import type { Measurable } from './gradient-statistic.ts'
import { toNorms } from './to-norms.ts'
import { summarise, type CoherenceSummary } from './summarise.ts'
import { shareOf } from './share-of.ts'

/** Coherence of one layer's weights together. */
export interface LayerCoherence extends CoherenceSummary {
  readonly layer: string
  /** E‖gˡ‖² / E‖g‖²: the layer's part in the whole network's α. 0 where every gradient is zero. */
  readonly share: number
}

/**
 * Coherence layer by layer, in the order in which layers first appear.
 *
 * The whole network's α is the average of the layers', weighted by `share`: α = Σₗ shareₗ·αₗ. So it can be high though
 * a layer is at the orthogonal limit.
 *
 * @throws RangeError when the statistic is empty.
 * @see "On the Generalization Mystery in Deep Learning", §6 (per-layer coherence) and Theorem 7.
 */
export function layers(statistic: Measurable): LayerCoherence[] {
  const names = [...new Set(statistic.blocks.map((block) => block.layer))]
  const norms = toNorms(statistic)
  const whole = summarise(norms)
  return names.map((layer) => {
    const summary = summarise(norms, byLayer(layer))
    return { layer, ...summary, share: shareOf(summary, whole) }
  })
}
