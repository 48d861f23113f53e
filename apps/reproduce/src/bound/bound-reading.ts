import type { Bounded } from './bounded.ts'
import { formatLog } from './format-log.ts'

/** What the numbers say, in sentences that need no table beside them. */
export function boundReading({ result, logWithoutCoherence, halfBy, series }: Bounded): string {
  const T = series.learningRates.length
  const { logBound, labels } = result
  if (logBound === -Infinity)
    return 'The bound is 0: no step lets two training sets that differ in one example diverge.'
  return [sizeOf(logBound, labels.length > 0), shapeOf(halfBy, T), coherenceOf(logWithoutCoherence - logBound)].join(
    ' ',
  )
}

function sizeOf(logBound: number, labelled: boolean): string {
  const size = formatLog(logBound)
  if (logBound > 0) {
    return `At ${size} the bound is above 1, the most that a loss in [0, 1] can differ by: read its shape, not its size.`
  }
  return labelled
    ? `The expected gap between training and test loss comes out at no more than ${size}, as far as what was put in can be trusted: this is no proven bound.`
    : `The expected gap between training and test loss is at most ${size}.`
}

function shapeOf(halfBy: number, T: number): string {
  const percent = (100 * halfBy) / T
  const share = percent < 1 ? 'less than 1%' : `${Math.round(percent)}%`
  const steps = halfBy === 1 ? 'the first step' : `the first ${halfBy.toLocaleString('en')} steps`
  return `Half of it comes from ${steps} of ${T.toLocaleString('en')} (${share}).`
}

/** Of the logarithm: a hundredth of the bound. */
const LITTLE = 0.01

function coherenceOf(logFactor: number): string {
  const off = 'off what α = 0 throughout would give.'
  if (logFactor < LITTLE) return `Coherence takes less than 1% ${off}`
  const percent = 100 * (1 - Math.exp(-logFactor))
  return `Coherence takes ${percent > 99.9 ? 'more than 99.9' : percent.toPrecision(2)}% ${off}`
}
