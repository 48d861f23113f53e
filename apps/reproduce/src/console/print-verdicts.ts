import stringWidth from 'string-width'
import { wrapWords } from '../text/wrap-words.ts'
import type { Outcome, Verdict } from '../verdict.ts'
import { oneLine } from './one-line.ts'
import { type Output, painter } from './terminal.ts'

const styles = {
  reproduced: ['green', 'bold'],
  differs: ['red', 'bold'],
  inconclusive: ['yellow', 'bold'],
  'not run': ['dim'],
} as const satisfies Record<Outcome, unknown>

const indent = 14

/**
 * Each verdict as a short paragraph: its outcome, the claim, then what was measured beside what was expected. Lines are
 * at most as wide as the terminal, and never more than 100 columns.
 */
export function printVerdicts(stream: Output, verdicts: readonly Verdict[]): void {
  const paint = painter(stream)
  const most = Math.max(30, Math.min(100, stream.columns ?? 100) - indent)
  for (const { claim, measured, expected, outcome, proxy, note } of verdicts) {
    const claimLines = wrapWords(oneLine(`${claim}${proxy ? ' (proxy)' : ''}`), most, stringWidth)
    const details = [`measured: ${measured}`, `expected: ${expected}`, ...(note === undefined ? [] : [note])].flatMap(
      (text) => wrapWords(oneLine(text), most, stringWidth),
    )
    const margin = ' '.repeat(indent)
    const [first = '', ...rest] = claimLines
    const head = paint([...styles[outcome]], outcome) + ' '.repeat(indent - outcome.length) + first
    const lines = [head, ...rest.map((text) => margin + text), ...details.map((text) => margin + paint('dim', text))]
    stream.write(`${lines.join('\n')}\n`)
  }
}
