import type { RunResult } from '../run-result.ts'
import { settledCoherence } from './settled-coherence.ts'

const STRETCHES = 10

/**
 * Logarithms of the ratio of m·α between two runs where they are equally far with the fit: one for each of ten equal
 * stretches of log loss, from 90% of chance level down to 10%, that both have measurements in. Each stretch counts once,
 * however many measurements a run happened to make in it.
 *
 * @param chance the loss of guessing: log of the number of classes.
 */
export function logRatiosAtEqualLoss(a: RunResult, b: RunResult, scope: string, chance: number): readonly number[] {
  const [high, low] = [Math.log(0.9 * chance), Math.log(0.1 * chance)]
  const means = (run: RunResult): readonly number[] => {
    const logs: number[][] = Array.from({ length: STRETCHES }, () => [])
    for (const row of settledCoherence(run, scope)) {
      const at = Math.floor(((high - Math.log(row.loss ?? Number.NaN)) / (high - low)) * STRETCHES)
      if (at >= 0 && at < STRETCHES && row.mAlpha > 0) logs[at]!.push(Math.log(row.mAlpha))
    }
    return logs.map((each) => each.reduce((sum, x) => sum + x, 0) / each.length)
  }
  const others = means(b)
  return means(a)
    .map((x, i) => x - others[i]!)
    .filter(Number.isFinite)
}
