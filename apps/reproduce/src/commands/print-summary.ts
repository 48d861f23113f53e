import type { Failure } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { formatDuration } from '../console/format-progress.ts'
import { table } from '../console/table.ts'
import type { Output } from '../console/terminal.ts'
import type { Outcome } from '../verdict.ts'
import type { Plan } from './plan-of.ts'
import type { Shown } from './show-result.ts'

/** How one of several plans ended. */
export interface Ended {
  readonly plan: Plan
  readonly shown: E.Either<Failure, Shown>
  readonly ms: number
}

const outcomes: readonly Outcome[] = ['reproduced', 'differs', 'inconclusive', 'not run']

/** Several plans in one table: how long each took, and how many of its claims came out how. */
export function printSummary(out: Output, ended: readonly Ended[]): void {
  const count = ({ shown }: Ended, outcome: Outcome): string => {
    const n = E.isLeft(shown) ? 0 : shown.right.verdicts.filter((verdict) => verdict.outcome === outcome).length
    return n === 0 ? '' : String(n)
  }
  out.write('\n')
  out.write(
    table(ended, [
      { header: 'experiment', value: ({ plan }) => `${plan.experiment} ${plan.name}` },
      { header: 'runs', align: 'right', value: ({ plan }) => String(plan.specs.length) },
      { header: 'took', align: 'right', value: ({ ms }) => formatDuration(ms) },
      ...outcomes.map((outcome) => ({
        header: outcome,
        align: 'right' as const,
        value: (each: Ended) => count(each, outcome),
      })),
      { header: '', value: ({ shown }) => (E.isLeft(shown) ? `failed: ${shown.left.message}` : '') },
    ]),
  )
  const failed = ended.filter(({ shown }) => E.isLeft(shown)).length
  const took = formatDuration(ended.reduce((sum, { ms }) => sum + ms, 0))
  out.write(`\n${ended.length} experiments in ${took}${failed === 0 ? '' : `, ${failed} of them failed`}\n`)
}
