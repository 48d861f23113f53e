import { formatMAlpha } from '../console/format-progress.ts'
import { table } from '../console/table.ts'
import { painter, type Output } from '../console/terminal.ts'
import { wrapWords } from '../text/wrap-words.ts'
import { intervalOf } from './interval-of.ts'
import type { MeasuredModel } from './measured-model.ts'
import type { MeasuredScope } from './measure-split.ts'
import { reading } from './reading.ts'

const short = (x: number): string => (x === 0 ? '0' : String(Number(x.toPrecision(3))))
const percent = (x: number): string => `${(100 * x).toFixed(1)}%`

/** What was measured, on what and how, the table, and what it says. */
export function printMeasured(out: Output, measured: MeasuredModel): void {
  const { whole, layers, shuffled, parameters, model, data, engine, lossName, because, loss } = measured
  const paint = painter(out)
  out.write(`${paint('bold', model)} on ${data}, m = ${whole.m.toLocaleString('en')}\n`)
  out.write(`loss ${lossName} (${because}), mean ${short(loss)}; engine ${engine}\n`)
  out.write(`${coverage(parameters)}\n\n`)
  const scopes = [whole, ...layers]
  const shuffledScopes = [shuffled.whole, ...shuffled.layers]
  const right = 'right' as const
  out.write(
    table(
      scopes.map((scope, i) => ({ scope, twin: shuffledScopes[i]! })),
      [
        { header: 'layer', value: ({ scope }) => (scope === whole ? 'whole network' : scope.name) },
        { header: 'm·α', align: right, value: ({ scope }) => formatMAlpha(scope.mAlpha) },
        { header: '95% interval', align: right, value: ({ scope }) => interval(scope) },
        { header: 'labels shuffled', align: right, value: ({ twin }) => formatMAlpha(twin.mAlpha) },
        { header: 'α', align: right, value: ({ scope }) => short(scope.alpha) },
        {
          header: 'α debiased',
          align: right,
          value: ({ scope }) => (scope.alphaDebiased === null ? '–' : short(scope.alphaDebiased)),
        },
        { header: 'part of ‖g‖²', align: right, value: ({ scope }) => percent(scope.share) },
      ],
    ),
  )
  const lines = wrapWords(reading(measured), Math.min(100, out.columns ?? 100), (text) => text.length)
  out.write(`\n${lines.map((line) => paint('bold', line)).join('\n')}\n`)
  out.write('m·α: how many examples an example helps, itself included; 1 means nobody but itself.\n')
}

function interval(scope: MeasuredScope): string {
  const found = intervalOf(scope)
  return found === null ? '–' : `${formatMAlpha(found[0])} to ${formatMAlpha(found[1])}`
}

function coverage({ measured, total }: MeasuredModel['parameters']): string {
  const count = (n: number): string => n.toLocaleString('en')
  if (measured === total) return `all ${count(total)} parameters are measured`
  const share = percent(measured / total)
  return `${count(measured)} of ${count(total)} parameters are measured (${share}); the others are not trained`
}
