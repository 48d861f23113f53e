import { table } from '../src/console/table.ts'
import type { Comparison } from './comparison.ts'
import type { EarlierResult } from './earlier-results.ts'

/** A line of a section, on an engine. */
export interface Result {
  readonly engine: string
  readonly section: string
  readonly line: Comparison
  readonly earlier?: EarlierResult
}

/** The results of a section as a table: what was measured, each on every engine, one below the other. */
export function resultsTable(title: string, results: readonly Result[]): string {
  const names = [...new Set(results.map(({ line }) => line.name))]
  const rows = names.flatMap((name) => results.filter(({ line }) => line.name === name))
  return table(rows, [
    { header: title, value: ({ line }) => line.name },
    { header: 'engine', value: ({ engine }) => engine },
    { header: 'ms', align: 'right', value: ({ line }) => line.ms.toFixed(2) },
    { header: 'fastest', align: 'right', value: ({ line }) => line.fastest.toFixed(2) },
    { header: 'ratio', align: 'right', value: ({ line }) => line.ratio.toFixed(2) },
    { header: 'quartiles', align: 'right', value: ({ line }) => line.quartiles.map((q) => q.toFixed(2)).join(' – ') },
    { header: 'of', value: ({ line }) => line.against },
    { header: 'goal', value: ({ line }) => line.goal },
    {
      header: 'earlier',
      align: 'right',
      value: ({ earlier }) => (earlier === undefined ? '' : `${earlier.ms} / ${earlier.ratio}`),
    },
    { header: 'runs', align: 'right', value: ({ line }) => `${line.repetitions}` },
  ])
}
