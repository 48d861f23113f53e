import { formatMAlpha } from '../console/format-progress.ts'
import { intervalOf } from './interval-of.ts'
import type { MeasuredScope } from './scopes-of.ts'

/**
 * What the numbers say, in a sentence or two that need no table beside them.
 *
 * @param shuffled the same with shuffled labels, as a scale; without it 1 is the scale.
 */
export function reading(whole: MeasuredScope, shuffled?: MeasuredScope): string {
  const { m, mAlpha, meanSquaredNorm } = whole
  if (m === 1) return 'One example alone always has α = 1: measure two or more.'
  if (meanSquaredNorm === 0) return 'Every gradient is zero: nothing is learned from these examples any more.'
  const interval = intervalOf(whole)
  if (interval === null) return 'Two examples have no interval: measure three or more.'
  const range = `95% interval ${formatMAlpha(interval[0])} to ${formatMAlpha(interval[1])}`
  const helps = `Each example helps about ${formatMAlpha(mAlpha)} of the ${m.toLocaleString('en')}, itself included (${range})`
  if (shuffled === undefined) return `${helps}: ${verdict(interval, 1)}.`
  const scale = shuffled.mAlpha
  const fact = `${helps}; with shuffled labels ${formatMAlpha(scale)}`
  // A network that has learned its labels gives up wrong ones all at once: then their m·α is high and no scale.
  if (scale > Math.max(2, interval[1])) {
    return `${fact}, which is no scale here: a trained network is pushed away from its answers by all wrong labels alike. Against 1, where an example helps nobody but itself, ${verdict(interval, 1)}.`
  }
  return `${fact}: ${verdict(interval, Math.max(1, scale))}.`
}

/** @param nobody m·α where what is learned from an example helps nobody else. */
function verdict([low, high]: readonly [number, number], nobody: number): string {
  if (low > 2 * nobody) return 'what is learned now is shared by many examples'
  if (low > nobody) return 'what is learned now is shared, though not by much more than by chance'
  if (high < 1) return 'the examples work against each other'
  return 'no help from one example to another can be told apart from chance: what is left to learn now may be learned example by example'
}
