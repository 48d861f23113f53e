import { formatMAlpha } from '../console/format-progress.ts'
import { intervalOf } from './interval-of.ts'
import type { MeasuredModel } from './measured-model.ts'

/** What the numbers say, in a sentence or two that need no table beside them. */
export function reading({ whole, shuffled }: MeasuredModel): string {
  const { m, mAlpha, meanSquaredNorm } = whole
  if (m === 1) return 'One example alone always has α = 1: measure two or more.'
  if (meanSquaredNorm === 0) return 'Every gradient is zero: nothing is learned from these examples any more.'
  const interval = intervalOf(whole)!
  const scale = shuffled.whole.mAlpha
  const range = `95% interval ${formatMAlpha(interval[0])} to ${formatMAlpha(interval[1])}`
  const fact = `Each example helps about ${formatMAlpha(mAlpha)} of the ${m.toLocaleString('en')}, itself included (${range}); with shuffled labels ${formatMAlpha(scale)}`
  return `${fact}: ${verdict(interval, scale)}.`
}

function verdict([low, high]: readonly [number, number], scale: number): string {
  const nobody = Math.max(1, scale)
  if (low > 2 * nobody) return 'what is learned now is shared by many examples'
  if (low > nobody) return 'what is learned now is shared, though not by much more than by chance'
  if (high < 1) return 'the examples work against each other'
  if (scale > 2 && high < scale) {
    return 'labels without meaning pull together more than these do, so what is learned now says little about the labels'
  }
  return 'no more than labels without meaning give, so what is learned now is learned example by example'
}
