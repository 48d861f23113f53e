import type { TableRows } from '@coherent-gradients/runlog'
import type { Suspects } from './find-suspects.ts'
import type { Criterion, Stage } from './scores.ts'

export type SuspectRow = TableRows['suspects']

/** Every example with all of its scores, the most doubtful first. */
export function suspectRows({ scored, order }: Suspects): readonly SuspectRow[] {
  const scoreOf = (criterion: Criterion, sign: 1 | -1): Readonly<Record<Stage, (i: number) => number>> => {
    const at = (stage: Stage): ((i: number) => number) => {
      const scores = scored.score(criterion, stage)
      // 0 and not −0, which other readers print.
      return (i) => sign * scores[i]! + 0
    }
    return { first: at('first'), early: at('early'), late: at('late'), throughout: at('throughout') }
  }
  const help = scoreOf('help', -1)
  const direction = scoreOf('direction', -1)
  const loss = scoreOf('loss', 1)
  const margin = scoreOf('margin', -1)
  const doubt = scored.score('confident learning', 'early')
  return order.map((i, place) => ({
    rank: place + 1,
    id: scored.ids[i]!,
    label: scored.labels[i]!,
    trueLabel: scored.trueLabels[i]!,
    expectedLabel: scored.expected[i]!,
    helpFirst: help.first(i),
    helpEarly: help.early(i),
    helpLate: help.late(i),
    help: help.throughout(i),
    directionFirst: direction.first(i),
    directionEarly: direction.early(i),
    directionLate: direction.late(i),
    direction: direction.throughout(i),
    lossFirst: loss.first(i),
    lossEarly: loss.early(i),
    lossLate: loss.late(i),
    loss: loss.throughout(i),
    marginFirst: margin.first(i),
    marginEarly: margin.early(i),
    marginLate: margin.late(i),
    margin: margin.throughout(i),
    doubt: doubt[i]!,
  }))
}
