import { table } from '../console/table.ts'
import { painter, type Output } from '../console/terminal.ts'
import { wrapWords } from '../text/wrap-words.ts'
import type { ByLayer } from './by-layer.ts'
import type { Bounded } from './bounded.ts'
import { boundReading } from './bound-reading.ts'
import { formatLog } from './format-log.ts'
import { warningsOf } from './warnings-of.ts'
import { withMinus } from '../text/with-minus.ts'

const count = (n: number): string => n.toLocaleString('en')
const short = (x: number): string => withMinus(String(Number(x.toPrecision(6))))

interface Line {
  readonly name: string
  readonly log: number
  readonly says: string
}

/** What was put in, the bounds as a table, one sentence or two of reading, and what must be known about them. */
export function printBounded(out: Output, found: Bounded): void {
  const { series, constants, result, logWithoutCoherence, logLooser, earlier, between } = found
  const paint = painter(out)
  const T = series.learningRates.length
  out.write(
    `${paint('bold', series.source)}, ${count(T)} ${T === 1 ? 'step' : 'steps'}, α measured before ${count(T - result.filled)}\n`,
  )
  out.write(
    `L = ${short(constants.lipschitz)}, β = ${short(constants.smoothness)}, m = ${count(constants.examples)}\n\n`,
  )
  const kinds = [...new Set(result.labels.map((label) => label.kind))]
  const lines: Line[] = [
    {
      name: 'Theorem 1',
      log: result.logBound,
      says: kinds.length > 0 ? kinds.join(', ') : 'bound',
    },
    {
      name: 'Theorem 1 with α = 0 throughout',
      log: logWithoutCoherence,
      says: constants.provenance === 'estimated' ? 'estimate' : 'bound',
    },
    ...(logLooser === null ? [] : [{ name: 'its corollary for a fixed rate', log: logLooser, says: 'looser' }]),
    ...earlier.map(({ name, logBound, unmet }) => ({
      name,
      log: logBound,
      says: unmet.length === 0 ? 'for a loss in [0, 1]' : 'no bound here (see below)',
    })),
  ]
  const convex = lines.find((line) => line.name.endsWith(', convex'))
  if (convex?.says.startsWith('for')) lines[lines.indexOf(convex)] = { ...convex, says: 'for a convex loss' }
  out.write(
    table(lines, [
      { header: 'bound on the expected gap', value: ({ name }) => name },
      { header: 'after the last step', align: 'right', value: ({ log }) => formatLog(log) },
      { header: 'ln', align: 'right', value: ({ log }) => (log === -Infinity ? '–' : short(log)) },
      { header: 'is', value: ({ says }) => says },
    ]),
  )
  if (found.layers !== null) out.write(`\n${layersTable(found.layers)}`)
  const width = Math.min(100, out.columns ?? 100)
  const wrap = (text: string): readonly string[] => wrapWords(text, width, (word) => word.length)
  out.write(
    `\n${wrap(boundReading(found))
      .map((line) => paint('bold', line))
      .join('\n')}\n`,
  )
  for (const warning of warningsOf(found)) out.write(`${wrap(`${warning}.`).join('\n')}\n`)
  if (between === 'zero' && result.filled > 0) {
    out.write(
      `${wrap(`${count(result.filled)} of ${count(T)} steps ${result.filled === 1 ? 'has no α of its own and takes' : 'have no α of their own and take'} 0, the most that a step can give: --between hold holds the last instead.`).join('\n')}\n`,
    )
  }
}

/** Each layer's part of the bound that bounds layers apart. */
function layersTable({ logBound, parts }: ByLayer): string {
  const rows = [...parts, { layer: 'all of them, each bounded by itself', logPart: logBound }]
  return table(rows, [
    { header: 'by layer (ours; held between probes: an estimate)', value: ({ layer }) => layer },
    { header: 'part', align: 'right', value: ({ logPart }) => formatLog(logPart) },
    {
      header: '%',
      align: 'right',
      value: ({ logPart }) => (logBound === -Infinity ? '–' : (100 * Math.exp(logPart - logBound)).toFixed(0)),
    },
  ])
}
