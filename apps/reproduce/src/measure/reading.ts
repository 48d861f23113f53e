import { formatMAlpha } from '../console/format-progress.ts'
import { intervalOf } from './interval-of.ts'
import type { MeasuredScope } from './scopes-of.ts'

/**
 * What the numbers say, in a few sentences that need no table beside them: m·α and its interval against 1, an example's
 * help to itself alone, and then against shuffled labels.
 *
 * The numbers as they are printed decide, so that no sentence contradicts them.
 *
 * @param shuffled the same with shuffled labels.
 */
export function reading(whole: MeasuredScope, shuffled?: MeasuredScope): string {
  const { m, mAlpha, meanSquaredNorm } = whole
  if (m === 1) return 'One example alone always has α = 1: measure two or more.'
  if (meanSquaredNorm === 0) return 'Every gradient is zero: nothing is learned from these examples any more.'
  const interval = intervalOf(whole)
  if (interval === null) return `Two ${m === 2 ? 'examples' : 'batches'} have no interval: measure three or more.`
  const [low, high] = [asPrinted(interval[0]), asPrinted(interval[1])]
  const helps =
    asPrinted(mAlpha) === 0
      ? 'The gradients cancel one another: a step along their mean helps no example'
      : `Each example helps about ${formatMAlpha(mAlpha)} of the ${m.toLocaleString('en')}, itself included`
  return [
    `${helps} (95% interval ${low} to ${high}).`,
    againstOne(low, high),
    ...(shuffled === undefined ? [] : [againstShuffled(asPrinted(shuffled.mAlpha), low, high)]),
    ...(m < FEW ? ['So few examples tell little.'] : []),
  ].join(' ')
}

/** Fewer examples than a jackknife is to be trusted with. */
const FEW = 10

const asPrinted = (value: number): number => Number(formatMAlpha(value).replace('−', '-'))

function againstOne(low: number, high: number): string {
  const one = '1, its help to itself alone'
  if (low > 2) return `That is above ${one}, so what is learned now is shared among examples.`
  if (low > 1) return `That is above ${one}, so what is learned now is shared, though perhaps by few.`
  if (high < 1) return `That is below ${one}, so the examples work against each other.`
  const none = `The interval holds ${one}, so no help from one example to another can be told apart from none`
  return high > 2
    ? `${none}; more examples would narrow it.`
    : `${none}, and what is left to learn may be learned example by example.`
}

function againstShuffled(scale: number, low: number, high: number): string {
  const fact = `With shuffled labels it is ${scale},`
  // A network that has learned its labels gives up wrong ones all at once: then their m·α is high and no scale.
  if (scale > high) {
    return `${fact} above the interval, as where a network has learned its labels and all wrong ones push it alike; 1 is the scale then.`
  }
  if (low <= 1) return `${fact} ${scale < low ? 'below the interval.' : 'inside the interval as well.'}`
  if (scale < low) {
    return `${fact} below the interval, so ${2 * scale < low ? 'most' : 'part'} of the help comes from what the labels mean.`
  }
  return `${fact} inside the interval, so help that comes from what the labels mean can't be told apart from help that any labels give.`
}
