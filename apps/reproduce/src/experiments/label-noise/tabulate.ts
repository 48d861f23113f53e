import type { ResultTable } from '../../experiment.ts'
import type { RunResult } from '../../run-result.ts'
import { meanInterval } from '../../verdict/mean-interval.ts'
import { conditionsOf, nameOf, ownRulesIn, type Condition } from './conditions-of.ts'
import { methods, plain } from './methods.ts'
import type { Outcome } from './outcome.ts'
import { mean } from '../../statistics/mean.ts'

/** One line of every table: a method, and which of its weights. */
interface Line {
  readonly name: string
  readonly method: string
  readonly at: (outcome: Outcome) => Outcome['end']
}

const linesWith = (ownRules: readonly string[]): readonly Line[] => [
  { name: `${plain.name}, stopped early`, method: plain.name, at: (outcome) => outcome.stopped },
  ...[...methods(1).map(({ name }) => name), ...ownRules].map((name): Line => ({
    name,
    method: name,
    at: (outcome) => outcome.end,
  })),
]

/** Every method under every condition: test accuracy with its interval, what was fitted, and the cost. */
export function tabulateLabelNoise(results: readonly (RunResult | undefined)[]): readonly ResultTable[] {
  const conditions = conditionsOf(results.filter((result): result is RunResult => result !== undefined))
  const noisy = conditions.filter(({ noise }) => noise > 0)
  const lines = linesWith(ownRulesIn(conditions))
  const table = (
    title: string,
    over: readonly Condition[],
    cell: (outcomes: readonly Outcome[], line: Line) => string,
  ): ResultTable => ({
    title,
    header: ['method', ...over.map(nameOf)],
    rows: lines
      .filter(({ method }) => over.some(({ outcomes }) => outcomes.has(method)))
      .map((line) => [
        line.name,
        ...over.map(({ outcomes }) => {
          const found = [...(outcomes.get(line.method)?.values() ?? [])]
          return found.length === 0 ? '–' : cell(found, line)
        }),
      ]),
  })
  return [
    table(
      'Test accuracy in %, with the half-width of its 95% interval over the seeds',
      conditions,
      (outcomes, { at }) => withInterval(outcomes.map((outcome) => 100 * at(outcome).test)),
    ),
    table('Training labels fitted in %: right ones / wrong ones', noisy, (outcomes, { at }) =>
      [
        mean(outcomes.map((outcome) => 100 * at(outcome).pristine)),
        mean(outcomes.map((outcome) => 100 * at(outcome).corrupt)),
      ]
        .map((x) => x.toFixed(0))
        .join(' / '),
    ),
    {
      title: 'Cost of a step in ms: the median over a run’s steps, the least of all runs',
      header: ['method', 'ms'],
      rows: lines.slice(1).flatMap(({ name }) => {
        const found = conditions.flatMap(({ outcomes }) => [...(outcomes.get(name)?.values() ?? [])])
        const times = found.map(({ msPerStep }) => msPerStep).filter(Number.isFinite)
        return times.length === 0 ? [] : [[name, Math.min(...times).toFixed(1)]]
      }),
    },
  ]
}

function withInterval(values: readonly number[]): string {
  if (values.length === 1) return values[0]!.toFixed(1)
  const { estimate, high } = meanInterval(values)
  return `${estimate.toFixed(1)} ± ${(high - estimate).toFixed(1)}`
}
