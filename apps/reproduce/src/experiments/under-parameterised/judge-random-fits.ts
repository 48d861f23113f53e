import type { QuantityRow } from '@coherent-gradients/runlog'
import type { RunResult } from '../../run-result.ts'
import type { RunSpec } from '../../run-spec.ts'
import type { RandomFitsSpec } from '../../specs/random-fits-spec.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeNumber } from '../../verdict/judge-number.ts'
import { rowsOf } from '../rows-of.ts'
import { fitsOf } from './fits-of.ts'

/** "Good generalization": a gap of less than this part of the loss of 0.5 at w = 0. */
const SMALL = 0.1

/** What footnote 15 says of random data in plenty. */
export function judgeRandomFits(
  results: readonly (RunResult<RunSpec> | undefined)[],
  { sizes, draws }: RandomFitsSpec,
): readonly Verdict[] {
  const rows = rowsOf(results)
  const [fewest, most] = [sizes[0]!, sizes.at(-1)!]
  const gap = (all: readonly QuantityRow[], m: number): number =>
    fitsOf(all, m, 'test loss').mean - fitsOf(all, m, 'training loss').mean
  const means = `mean of ${draws} training sets`
  return [
    judgeNumber({
      claim: 'With many examples the generalization gap is small even on random data (footnote 15)',
      expected: `gap at m = ${most} over the loss at w = 0, ${means}, below ${SMALL}`,
      condition: { below: SMALL },
      measured: rows && gap(rows, most) / 0.5,
      note: rows && `By m: ${sizes.map((m) => `${m} ${(gap(rows, m) / 0.5).toFixed(2)}`).join(', ')}.`,
    }),
    judgeNumber({
      claim: 'That is because many can’t be fitted',
      expected: `training loss at m = ${most}, ${means}, above 0.45 (0.5 at w = 0)`,
      condition: { above: 0.45 },
      measured: rows && fitsOf(rows, most, 'training loss').mean,
      note: rows && `Of m = ${fewest} it is ${fitsOf(rows, fewest, 'training loss').mean.toFixed(4)}.`,
    }),
    judgeNumber({
      claim: 'Where no loss can be improved but at the expense of others, no example helps any',
      expected: `m·α at m = ${most} in the end, ${means}, 0`,
      condition: { is: 0, tolerance: 0.01 },
      measured: rows && fitsOf(rows, most, 'm·α in the end').mean,
    }),
  ]
}
