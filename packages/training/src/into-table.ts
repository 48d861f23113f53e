import {
  coherenceRows,
  monoid,
  type CoherenceTableRow,
  type GradientStatistic,
  type Measurable,
} from '@coherent-gradients/coherence'
import { normsOf, statisticOf } from '@coherent-gradients/coherence/tfjs'
import type { CoherenceCallbackOptions, CoherenceTableOptions } from './coherence-callback.ts'

/** Takes rows of coherence; the run log of `@coherent-gradients/runlog` does. */
export interface CoherenceTable {
  append(table: 'coherence', row: CoherenceTableRow): void
  flush(): Promise<unknown>
}

/** Measures what the table's rows need, in parts that merge where there are any, and appends and flushes them. */
export function intoTable({
  log,
  split,
  parts,
  ...options
}: CoherenceTableOptions): CoherenceCallbackOptions<Measurable> {
  return {
    ...options,
    // Norms are two numbers a weight; only sums merge.
    ...(parts === undefined ? { measure: normsOf } : { measure: statisticOf, parts: { ...parts, merge } }),
    onMeasured: async ({ step, epoch, loss, value }) => {
      const moment = { step, epoch, loss, ...(split === undefined ? {} : { split }) }
      for (const row of coherenceRows(value, moment)) log.append('coherence', row)
      await log.flush()
    },
  }
}

function merge(a: Measurable, b: Measurable): Measurable {
  return monoid.concat(a as GradientStatistic, b as GradientStatistic)
}
