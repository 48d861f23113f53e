import type { Verdict } from '../verdict.ts'
import type { Condition } from './judge-interval.ts'
import { withMinus } from '../text/with-minus.ts'

export interface NumberJudgement {
  /** The paper's claim in our words. */
  readonly claim: string
  /** Which number it is, and what the claim says of it: `m·α of L, 2.5`. The tolerance is added. */
  readonly expected: string
  readonly condition: Condition | { readonly is: number; readonly tolerance: number }
  /** `undefined` where there are no data. */
  readonly measured: number | undefined
  /** How the number is shown; six digits unless said. */
  readonly words?: (value: number) => string
  readonly note?: string | undefined
  /** Why it may come out differently: said, ahead of the note, where it does. */
  readonly explanation?: string
  /** True where smaller data or another network stand in for the paper's. */
  readonly proxy?: boolean
}

const sixDigits = (value: number): string => withMinus(String(Number(value.toPrecision(6))))

/**
 * A verdict on a number that is computed and not estimated, so that it has no interval: *reproduced* where the condition
 * holds, *differs* where it doesn't or where the number isn't finite, *not run* where there is none.
 *
 * @example
 * judgeNumber({ claim: 'Each example helps 2.5', expected: 'm·α of L, 2.5', condition: { is: 2.5, tolerance: 1e-9 },
 *   measured: 2.5 }).outcome // 'reproduced'
 */
export function judgeNumber(judgement: NumberJudgement): Verdict {
  const { claim, expected, condition, measured, words = sixDigits, note, proxy = false } = judgement
  const differs = measured !== undefined && !holds(condition, measured)
  const notes = [differs ? judgement.explanation : undefined, note].filter((each) => each !== undefined).join(' ')
  const rest = { proxy, ...(notes === '' ? {} : { note: notes }) }
  const wanted = 'is' in condition ? `${expected}, ${precision(condition.tolerance)}` : expected
  if (measured === undefined) return { claim, measured: 'nothing yet', expected: wanted, outcome: 'not run', ...rest }
  const outcome = differs ? 'differs' : 'reproduced'
  return { claim, measured: words(measured), expected: wanted, outcome, ...rest, number: { value: measured } }
}

function precision(tolerance: number): string {
  if (tolerance === 0) return 'exactly'
  const exponent = Math.log10(tolerance)
  return `to within ${Number.isInteger(exponent) && exponent <= -3 ? `10${superscript(exponent)}` : tolerance}`
}

function superscript(integer: number): string {
  return [...String(integer)].map((sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)]!)).join('')
}

function holds(condition: NumberJudgement['condition'], value: number): boolean {
  if ('is' in condition) return Math.abs(value - condition.is) <= condition.tolerance
  if ('above' in condition) return value > condition.above
  if ('below' in condition) return value < condition.below
  return value >= condition.within[0] && value <= condition.within[1]
}
