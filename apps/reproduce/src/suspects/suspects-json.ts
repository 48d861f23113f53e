import type { QuantityRow } from '@coherent-gradients/runlog'
import type { Suspects } from './find-suspects.ts'
import { judgedRankings } from './judged-rankings.ts'
import { suspectRows } from './suspect-rows.ts'
import { unseenAgreement } from './unseen-agreement.ts'

/** How well a ranking found labels that are known to be wrong. */
export interface RankingQuality {
  readonly criterion: string
  readonly stage: string
  readonly averagePrecision: number
  readonly rocArea: number
}

/** The quality of every ranking where noise was put on; none where nobody knows which labels are wrong. */
export function qualityOf({ known, scored }: Suspects): readonly RankingQuality[] {
  if (!known) return []
  const rows = judgedRankings(scored)
  const value = (row: QuantityRow, quantity: string): number =>
    rows.find((each) => each.series === row.series && each.item === row.item && each.quantity === quantity)!.value
  return rows
    .filter(
      ({ quantity, series, item }) =>
        quantity === 'average precision' && (series !== 'confident learning' || item === 'early'),
    )
    .map((row) => ({
      criterion: row.series,
      stage: row.series === 'confident learning' ? '' : row.item,
      averagePrecision: row.value,
      rocArea: value(row, 'area under the ROC curve'),
    }))
}

/** What `--json` prints. */
export function suspectsJson(suspects: Suspects, top: number): object {
  const { name, available, scored, classNames, by, stage, known, whereIs, leftOut, engine } = suspects
  const quality = qualityOf(suspects)
  return {
    data: name,
    examples: scored.ids.length,
    available,
    engine,
    classNames,
    by,
    stage: by === 'confident learning' ? null : stage,
    noiseKnown: known,
    unseenAgreement: unseenAgreement(scored),
    ...(quality.length === 0 ? {} : { quality }),
    leftOut,
    suspects: suspectRows(suspects)
      .slice(0, top)
      .map(({ trueLabel, ...row }) => ({
        ...row,
        ...(known ? { trueLabel } : {}),
        ...(whereIs === undefined ? {} : { file: whereIs(row.id) }),
      })),
  }
}
