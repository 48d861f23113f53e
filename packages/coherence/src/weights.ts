import { byName } from './by-name.ts'
import type { Measurable } from './gradient-statistic.ts'
import { shareOf } from './share-of.ts'
import { toNorms } from './to-norms.ts'
import { summarise, type CoherenceSummary } from './summarise.ts'

/** Coherence of one weight tensor. */
export interface WeightCoherence extends CoherenceSummary {
  readonly name: string
  readonly layer: string
  /** E‖gʷ‖² / E‖g‖²: the weight's part in the whole network's α. 0 where every gradient is zero. */
  readonly share: number
}

/**
 * Coherence weight by weight, in the statistic's order. The whole network's α is their average, weighted by `share`.
 *
 * @throws RangeError when the statistic is empty.
 * @see "On the Generalization Mystery in Deep Learning", §6 and Theorem 7.
 */
export function weights(statistic: Measurable): WeightCoherence[] {
  const norms = toNorms(statistic)
  const whole = summarise(norms)
  return statistic.blocks.map(({ name, layer }) => {
    const summary = summarise(norms, byName(name))
    return { name, layer, ...summary, share: shareOf(summary, whole) }
  })
}
