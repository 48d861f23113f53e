import type { Bounded } from './bounded.ts'

/** What a reader must know before using the numbers, a sentence each, without full stops. */
export function warningsOf({ result, constants, earlier, series }: Bounded): readonly string[] {
  const { labels, clamped } = result
  return [
    ...labels.map(({ kind, because }) => `${kind === 'estimate' ? 'An estimate' : 'An under-estimate'}: ${because}`),
    ...constants.notes,
    ...(clamped === 0 ? [] : [`${clamped} debiased α below 0 ${clamped === 1 ? 'counts' : 'count'} as 0`]),
    ...(series.probes.length === 0 ? ['No α was measured: this is the bound for any data set'] : []),
    ...earlier
      .filter(({ unmet }) => unmet.length > 0)
      .map(({ theorem, unmet }) => `${theorem} doesn’t hold here: ${unmet.join('; ')}`),
  ]
}
