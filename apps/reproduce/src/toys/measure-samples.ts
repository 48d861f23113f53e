import { expectedPairwiseDot, mCoherence, meanSquaredNorm, statisticOfRows } from '@coherent-gradients/coherence'
import type { QuantityRow } from '@coherent-gradients/runlog'
import type { GradientSampleSpec } from '../specs/gradient-sample-spec.ts'

/** For each sample: m, E[g·g′], E[g·g], α and m·α. */
export function* measureSamples({ samples }: GradientSampleSpec): Generator<QuantityRow> {
  for (const { name, gradients } of samples) {
    const statistic = statisticOfRows(gradients)
    const mAlpha = mCoherence(statistic)
    const measured = {
      m: statistic.m,
      'E[g·g′]': expectedPairwiseDot(statistic),
      'E[g·g]': meanSquaredNorm(statistic),
      α: mAlpha / statistic.m,
      m·α: mAlpha,
    }
    for (const [quantity, value] of Object.entries(measured)) yield { step: 0, series: name, quantity, item: '', value }
  }
}
