import { formatMAlpha } from '../console/format-progress.ts'
import { table, type Column } from '../console/table.ts'
import { painter, type Output } from '../console/terminal.ts'
import { wrapWords } from '../text/wrap-words.ts'
import type { BatchNorm } from './batch-norm.ts'
import { intervalOf } from './interval-of.ts'
import type { MeasuredPopulation } from './measure-classes.ts'
import { isModel, type Measured } from './measured.ts'
import type { MeasuredGradients } from './measured-gradients.ts'
import type { MeasuredHelp } from './measured-help.ts'
import type { MeasuredModel } from './measured-model.ts'
import type { MeasuredScope } from './scopes-of.ts'
import { reading } from './reading.ts'
import { withMinus } from '../text/with-minus.ts'

const short = (x: number): string => withMinus(String(Number(x.toPrecision(3))))
const percent = (x: number): string => withMinus(`${(100 * x).toFixed(1)}%`)
const count = (n: number): string => n.toLocaleString('en')
const counted = (n: number, noun: string): string => `${count(n)} ${noun}${n === 1 ? '' : 's'}`
const right = 'right' as const

/** What was measured, on what and how, the table, and what it says. */
export function printMeasured(out: Output, measured: Measured): void {
  const paint = painter(out)
  const { whole, layers } = measured
  const twins = isModel(measured) ? [measured.shuffled.whole, ...measured.shuffled.layers] : undefined
  const [title, ...how] = isModel(measured) ? headOfModel(measured) : headOfGradients(measured)
  out.write(`${[paint('bold', title!), ...how].join('')}\n`)
  out.write(
    table(
      [whole, ...layers].map((scope, i): ScopeRow => ({ scope, twin: twins?.[i] })),
      [
        { header: 'layer', value: ({ scope }) => (scope === whole ? 'whole network' : scope.name) },
        { header: 'm·α', align: right, value: ({ scope }) => formatMAlpha(scope.mAlpha) },
        { header: '95% interval', align: right, value: ({ scope }) => interval(scope) },
        ...(twins === undefined ? [] : [shuffledColumn]),
        { header: 'α', align: right, value: ({ scope }) => short(scope.alpha) },
        { header: 'α debiased', align: right, value: ({ scope }) => debiased(scope) },
        { header: 'part of ‖g‖²', align: right, value: ({ scope }) => percent(scope.share) },
      ],
    ),
  )
  if (isModel(measured) && measured.populations !== undefined) {
    printPopulations(out, measured.populations)
    printHelp(out, measured.populations, measured.help ?? null)
  }
  const said = reading(whole, twins?.[0])
  const lines = wrapWords(said, Math.min(100, out.columns ?? 100), (text) => text.length)
  out.write(`\n${lines.map((line) => paint('bold', line)).join('\n')}\n`)
  out.write('m·α: how many examples an example helps, itself included; 1 means nobody but itself.\n')
}

interface ScopeRow {
  readonly scope: MeasuredScope
  readonly twin: MeasuredScope | undefined
}

const shuffledColumn: Column<ScopeRow> = {
  header: 'labels shuffled',
  align: right,
  value: ({ twin }) => formatMAlpha(twin!.mAlpha),
}

function headOfModel({
  model,
  data,
  classNames,
  whole,
  lossName,
  because,
  loss,
  engine,
  parameters,
  batchNorm,
  wholeInputs,
  leftOut,
}: MeasuredModel): readonly string[] {
  return [
    model,
    ` on ${data}, m = ${count(whole.m)}\n`,
    ...(classNames === undefined ? [] : [`${count(classNames.length)} classes: ${cut(classNames.join(', '))}\n`]),
    ...(leftOut === undefined
      ? []
      : [`${counted(leftOut.length, 'picture')} left out, which can't be decoded: ${firstOf(leftOut)}\n`]),
    ...(wholeInputs === undefined
      ? []
      : [`inputs are ${wholeInputs}, which is not divided by 255: save pixels as uint8 for that\n`]),
    `loss ${lossName} (${because}), mean ${short(loss)}; engine ${engine}\n`,
    `${coverage(parameters)}\n`,
    ...(batchNorm === undefined ? [] : [`${batchNormSaid(batchNorm, whole.m)}\n`]),
  ]
}

function batchNormSaid({ how, batchSize, absent = false }: BatchNorm, m: number): string {
  const batches = `${count(m / batchSize)} random ${m === batchSize ? 'batch' : 'batches'} of ${count(batchSize)}`
  if (absent) {
    const said = 'the network has no batch normalisation'
    return how === 'frozenBatch'
      ? `${said}: --batch-norm frozenBatch changes nothing but the choice of examples`
      : `imputed from ${batches}; ${said}, and --batch-norm inference measures example by example`
  }
  return how === 'frozenBatch'
    ? `batch normalisation by the statistics of ${batches}, held constant`
    : `imputed from ${batches} in batch normalisation's training mode: exact only where nothing is normalised by batch`
}

function headOfGradients({
  gradients,
  whole,
  weights,
  parameters,
  multipliedBy,
}: MeasuredGradients): readonly string[] {
  return [
    gradients,
    `, m = ${count(whole.m)}\n`,
    `${counted(parameters, 'parameter')} in ${counted(weights, 'weight')}, all measured\n`,
    ...(multipliedBy === 1
      ? []
      : [`rows multiplied by 2^${Math.log2(multipliedBy)}, or their squares would leave float64; m·α stays\n`]),
    'no comparison with shuffled labels: that takes the model; measure a second file made with permuted labels for it\n',
  ]
}

function printPopulations(out: Output, populations: readonly MeasuredPopulation[]): void {
  const { m } = populations[0]!.whole
  if (m === 1) {
    out.write('\nThe smallest class has one example here, and α of one is 1 by definition: take more --examples.\n')
    return
  }
  out.write(`\nEach class by itself, m = ${count(m)} of each, which is all that the smallest has:\n\n`)
  out.write(
    table(populations, [
      { header: 'population', value: ({ name }) => name },
      { header: 'm·α', align: right, value: ({ whole }) => formatMAlpha(whole.mAlpha) },
      { header: '95% interval', align: right, value: ({ whole }) => interval(whole) },
      { header: 'α', align: right, value: ({ whole }) => short(whole.alpha) },
      { header: 'α debiased', align: right, value: ({ whole }) => debiased(whole) },
      { header: 'mean ‖g‖²', align: right, value: ({ whole }) => short(whole.meanSquaredNorm) },
      { header: 'mean loss', align: right, value: ({ loss }) => short(loss) },
    ]),
  )
}

interface HelpRow {
  readonly name: string
  readonly row: readonly (number | null)[]
}

/** A terminal has no room for more. */
const MOST_COLUMNS = 12

function printHelp(out: Output, measured: readonly MeasuredPopulation[], help: MeasuredHelp | null): void {
  if (help === null) {
    out.write('\nWho helps whom would take more than 512 MiB of sums: measure fewer classes, or a smaller network.\n')
    return
  }
  const { populations, dots } = help
  if (populations.length > MOST_COLUMNS) {
    out.write(`\nWho helps whom, ${count(populations.length)} × ${count(populations.length)}: see help in --json.\n`)
    return
  }
  const unit = measured.reduce((sum, { whole }) => sum + whole.meanSquaredNorm, 0) / measured.length
  out.write('\nWho helps whom: how much a step for an example of one class lowers the loss of one of another (on the\n')
  out.write('diagonal: of another of its own class), in % of what an example does for itself in the mean over all\n')
  out.write('classes. A class of large gradients may exceed 100%:\n\n')
  const headers = populations.map((name) => name.replace(/^class:/, '').slice(0, 8))
  out.write(
    table(
      dots.map((row, a): HelpRow => ({ name: populations[a]!, row })),
      [
        { header: 'population', value: ({ name }) => name },
        ...headers.map((header, b): Column<HelpRow> => ({
          header,
          align: right,
          value: ({ row }) => (row[b] == null || unit === 0 ? '–' : percent(row[b] / unit)),
        })),
      ],
    ),
  )
}

/** The first three lines whole; the JSON has all. */
function firstOf(lines: readonly string[]): string {
  const more = lines.length > 3 ? `; and ${count(lines.length - 3)} more (--json lists them)` : ''
  return lines.slice(0, 3).join('; ') + more
}

/** Many names are too many. */
function cut(names: string): string {
  return names.length > 80 ? `${names.slice(0, 79)}…` : names
}

function debiased({ alphaDebiased }: MeasuredScope): string {
  return alphaDebiased === null ? '–' : short(alphaDebiased)
}

function interval(scope: MeasuredScope): string {
  const found = intervalOf(scope)
  return found === null ? '–' : `${formatMAlpha(found[0])} to ${formatMAlpha(found[1])}`
}

function coverage({ measured, total }: MeasuredModel['parameters']): string {
  if (measured === total)
    return total === 1 ? 'its 1 parameter is measured' : `all ${count(total)} parameters are measured`
  const share = percent(measured / total)
  const verb = measured === 1 ? 'is' : 'are'
  const others = total - measured === 1 ? 'the other is' : 'the others are'
  return `${count(measured)} of ${count(total)} parameters ${verb} measured (${share}); ${others} not trained`
}
