import type { Measurable } from './gradient-statistic.ts'
import { layers } from './layers.ts'
import { summarise, type CoherenceSummary } from './summarise.ts'

/** When and on what a statistic was measured. */
export interface CoherenceMoment {
  /** Updates made before. */
  readonly step: number
  /** Passes over the training examples made before. */
  readonly epoch: number
  /** The examples' mean loss; null where nobody knows it. */
  readonly loss: number | null
  /** Name of the examples' split. Default `train`. */
  readonly split?: string
  /** Which of its examples: `all` unless said. */
  readonly population?: string
}

/** A row as the table `coherence` of `@coherent-gradients/runlog` takes it. */
export interface CoherenceTableRow extends CoherenceSummary, Required<CoherenceMoment> {
  /** `all` or `layer:<name>`. */
  readonly scope: string
  readonly standardError: number | null
  readonly imputed: boolean
  readonly elapsedMs: number
}

/**
 * A statistic in long form, as tables have it: a row for the whole network, then one for each layer in the order in which
 * layers first appear.
 *
 * What two sums don't tell is left open: `standardError` is null and `elapsedMs` 0, since nothing here reads a clock.
 *
 * @throws RangeError when the statistic is empty.
 *
 * @example
 * for (const row of coherenceRows(statistic, { step, epoch, loss })) log.append('coherence', row)
 */
export function coherenceRows(
  statistic: Measurable,
  { step, epoch, loss, split = 'train', population = 'all' }: CoherenceMoment,
): CoherenceTableRow[] {
  const moment = { step, epoch, loss, split, population }
  const rest = { standardError: null, imputed: false, elapsedMs: 0 }
  return [
    { ...moment, scope: 'all', ...summarise(statistic), ...rest },
    ...layers(statistic).map(({ layer, share: _share, ...summary }) => ({
      ...moment,
      scope: `layer:${layer}`,
      ...summary,
      ...rest,
    })),
  ]
}
