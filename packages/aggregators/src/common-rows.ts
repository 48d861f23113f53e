import type { Aggregator } from '@coherent-gradients/gradients'

/**
 * What a row is for rules that share a stack. Rules over examples share examples, rules over k micro-batches micro-batches;
 * a rule that says `orMicroBatches`, as the mean does, goes with either.
 *
 * @throws RangeError when two rules need different rows.
 */
export function commonRows(what: string, rules: readonly Aggregator[]): Aggregator['rows'] {
  const strict = rules.filter(({ rows }) => !(rows.of === 'examples' && rows.orMicroBatches === true))
  const [first] = strict
  if (first === undefined) return rules[0]?.rows ?? { of: 'examples' }
  const other = strict.find(({ rows }) => inWords(rows) !== inWords(first.rows))
  if (other === undefined) return first.rows
  throw new RangeError(
    `${what}: required rules over the same rows, found ${first.name} over ${inWords(first.rows)} and ${other.name} over ${inWords(other.rows)}`,
  )
}

function inWords(rows: Aggregator['rows']): string {
  return rows.of === 'examples' ? 'examples' : `${rows.groups} micro-batches`
}
