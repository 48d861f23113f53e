import { expect, it } from 'vitest'
import type { Comparison } from './comparison.ts'
import { resultsTable, type Result } from './results-table.ts'

const line = (name: string, ms: number): Comparison => ({
  name,
  ms,
  fastest: ms / 2,
  ratio: 1.5,
  quartiles: [1, 2],
  against: 'step',
  goal: '≤ 2',
  repetitions: 7,
})

it('puts the engines of one case below each other, in the order of the cases', () => {
  const results: Result[] = [
    { engine: 'wasm', section: 'mlp', line: line('step', 4), earlier: { ms: 8, ratio: 1 } },
    { engine: 'wasm', section: 'mlp', line: line('α', 5) },
    { engine: 'tensorflow', section: 'mlp', line: line('step', 3) },
    { engine: 'tensorflow', section: 'mlp', line: line('α', 6) },
  ]
  expect(resultsTable('the network', results)).toBe(
    [
      'the network  engine        ms  fastest  ratio    quartiles  of    goal  earlier  runs',
      '───────────  ──────────  ────  ───────  ─────  ───────────  ────  ────  ───────  ────',
      'step         wasm        4.00     2.00   1.50  1.00 – 2.00  step  ≤ 2     8 / 1     7',
      'step         tensorflow  3.00     1.50   1.50  1.00 – 2.00  step  ≤ 2               7',
      'α            wasm        5.00     2.50   1.50  1.00 – 2.00  step  ≤ 2               7',
      'α            tensorflow  6.00     3.00   1.50  1.00 – 2.00  step  ≤ 2               7',
      '',
    ].join('\n'),
  )
})
