import type { RunResult } from '../../run-result.ts'
import { CHANCE } from './chance.ts'

/** Steps whose minibatch accuracies are averaged. */
const WINDOW = 25
/** A run that gains less than this over chance is asked for this much, and counted as getting there at its end. */
const LEAST_GAIN = 0.05

/**
 * How many times as many steps a run needs as plain SGD on the same data:
 *
 *   t_run(A) / t_plain(A),  A half way from chance to the highest accuracy that the run itself reaches
 *
 * with t(A) the first step around which the minibatch accuracy, averaged over 25 steps, is A. Where a run never gets to
 * A its last step stands for t, so that a hardly learning run's slowdown is understated rather than made up.
 */
export function slowdown(run: RunResult, plain: RunResult): number {
  const [smooth, smoothPlain] = [smoothed(run), smoothed(plain)]
  const peak = smooth.reduce((most, { accuracy }) => Math.max(most, accuracy), 0)
  const level = CHANCE + Math.max(LEAST_GAIN, (peak - CHANCE) / 2)
  return stepAt(smooth, level) / stepAt(smoothPlain, level)
}

interface Smoothed {
  readonly step: number
  readonly accuracy: number
}

function smoothed({ steps }: RunResult): readonly Smoothed[] {
  const points: Smoothed[] = []
  let sum = 0
  for (const [i, row] of steps.entries()) {
    sum += row.accuracy - (steps[i - WINDOW]?.accuracy ?? 0)
    const first = steps[i - WINDOW + 1]
    if (first !== undefined) points.push({ step: (first.step + row.step) / 2, accuracy: sum / WINDOW })
  }
  return points
}

function stepAt(points: readonly Smoothed[], level: number): number {
  return (points.find((point) => point.accuracy >= level - 1e-9) ?? points.at(-1))?.step ?? Number.NaN
}
