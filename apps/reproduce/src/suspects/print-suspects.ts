import { table, type Column } from '../console/table.ts'
import { painter, type Output } from '../console/terminal.ts'
import type { Suspects } from './find-suspects.ts'
import { suspectRows, type SuspectRow } from './suspect-rows.ts'
import { qualityOf, type RankingQuality } from './suspects-json.ts'
import { withMinus } from '../text/with-minus.ts'
import { unseenAgreement } from './unseen-agreement.ts'

const number = (x: number): string => withMinus(String(Number(x.toPrecision(3))))
const percent = (x: number): string => withMinus(`${(100 * x).toFixed(1)}%`)
const count = (n: number): string => n.toLocaleString('en')

/** Prints the worst of a ranking with their scores and, where it is known which labels are wrong, how good it is. */
export function printSuspects(out: Output, suspects: Suspects, top: number): void {
  const { name, available, scored, classNames, by, stage, known, whereIs, leftOut, engine } = suspects
  const paint = painter(out)
  const n = scored.ids.length
  const part = n < available ? ` (of ${count(available)}; --examples takes more)` : ''
  out.write(
    `${paint('bold', name)}: ${count(n)} examples${part}, ranked by ${by}${by === 'confident learning' ? '' : `, ${stage}`}; engine ${engine}\n`,
  )
  for (const line of leftOut) out.write(`left out: ${line}\n`)
  const nameOf = (label: number): string => classNames[label] ?? String(label)
  const rows = suspectRows(suspects).slice(0, top)
  const right = 'right' as const
  const columns: readonly Column<SuspectRow>[] = [
    { header: 'rank', align: right, value: ({ rank }) => String(rank) },
    { header: whereIs === undefined ? 'id' : 'file', value: ({ id }) => whereIs?.(id) ?? String(id) },
    { header: 'label', value: ({ label }) => nameOf(label) },
    { header: 'expected', value: ({ expectedLabel }) => nameOf(expectedLabel) },
    ...(known
      ? [
          {
            header: 'truth',
            value: ({ label, trueLabel }: SuspectRow) => (label === trueLabel ? '' : nameOf(trueLabel)),
          },
        ]
      : []),
    { header: 'help', align: right, value: ({ help }) => number(help) },
    { header: 'direction', align: right, value: ({ direction }) => number(direction) },
    { header: 'loss', align: right, value: ({ loss }) => number(loss) },
    { header: 'margin', align: right, value: ({ margin }) => number(margin) },
    { header: 'doubt', align: right, value: ({ doubt }) => number(doubt) },
  ]
  out.write(`\n${table(rows, columns)}\n`)
  out.write(
    'expected: by networks that were not trained on the example. help: of all other examples, below 0 where they pull against\n' +
      'the label; direction: the same as a cosine. doubt: above 1 where confident learning counts the label as wrong.\n',
  )
  printAgreement(out, suspects)
  if (known) printQuality(out, suspects, rows)
}

function printAgreement(out: Output, { scored }: Suspects): void {
  const { share, commonest, beyondChance } = unseenAgreement(scored)
  out.write(
    `They expect the given label for ${percent(share)} of all; the commonest label is that of ${percent(commonest)}.\n`,
  )
  if (beyondChance) return
  out.write(
    `${painter(out)('bold', 'Don’t trust this list:')} that is no more than chance, as far as ${count(scored.labels.length)} examples tell. These labels have ` +
      'not been\nlearned from these inputs: look at the data, take more --examples or more --epochs.\n',
  )
}

function printQuality(out: Output, suspects: Suspects, shown: readonly SuspectRow[]): void {
  const { labels, trueLabels } = suspects.scored
  const wrong = labels.filter((label, i) => label !== trueLabels[i]).length
  const found = shown.filter(({ label, trueLabel }) => label !== trueLabel).length
  out.write(
    `\n${found} of the ${shown.length} above are wrong, and ${percent(wrong / labels.length)} of all ${count(labels.length)}.\n\n`,
  )
  out.write(
    table<RankingQuality>(qualityOf(suspects), [
      { header: 'ranked by', value: ({ criterion, stage }) => (stage === '' ? criterion : `${criterion}, ${stage}`) },
      { header: 'average precision', align: 'right', value: ({ averagePrecision }) => percent(averagePrecision) },
      { header: 'ROC area', align: 'right', value: ({ rocArea }) => percent(rocArea) },
    ]),
  )
}
