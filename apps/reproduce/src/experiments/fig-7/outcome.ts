import type { RunResult } from '../../run-result.ts'
import type { EasyAndHardSpec } from '../../specs/easy-and-hard-spec.ts'
import { lastOf, pointsOf } from '../quantities.ts'
import { mean } from '../../statistics/mean.ts'

export type EasyAndHardRun = RunResult<EasyAndHardSpec>
export type Kind = 'easy' | 'hard'
export const kinds: readonly Kind[] = ['easy', 'hard']

/** Runs that are finished: half of one compares nothing. */
export function finishedRuns(results: readonly (EasyAndHardRun | undefined)[]): readonly EasyAndHardRun[] {
  return results.filter((result): result is EasyAndHardRun => result?.done === true)
}

/** Share of right answers in the end, trained on one kind, tested on another. */
export function testAccuracy({ quantities }: EasyAndHardRun, trainedOn: Kind, testedOn: Kind): number {
  return lastOf(quantities, trainedOn, 'accuracy', `test ${testedOn}`)
}

/** Training less test accuracy on the same kind, in the end. */
export function gapOf(run: EasyAndHardRun, kind: Kind): number {
  return lastOf(run.quantities, kind, 'accuracy', 'train') - testAccuracy(run, kind, kind)
}

/** The first step that was looked at with that share of the training examples fitted; the last one where none is. */
export function stepsToFit({ quantities }: EasyAndHardRun, kind: Kind, share: number): number {
  const points = pointsOf(quantities, kind, 'accuracy', 'train')
  return (points.find(([, accuracy]) => accuracy >= share) ?? points.at(-1))?.[0] ?? Number.NaN
}

/** Stretches of the training loss in which both kinds are compared. */
const STRETCHES = 10

/**
 * m·α of the easy over that of the hard examples at equal training loss, each in a training of its own: the geometric mean
 * over stretches of log loss, from the smaller of the first losses down to the larger of the last ones.
 */
export function ratioApart({ quantities }: EasyAndHardRun): number {
  const logs = (kind: Kind): readonly (readonly [loss: number, coherence: number])[] => {
    const losses = new Map(pointsOf(quantities, kind, 'loss', 'train'))
    return pointsOf(quantities, kind, 'm·α', 'train').map(
      ([step, value]) => [Math.log(losses.get(step) ?? Number.NaN), Math.log(value)] as const,
    )
  }
  const [easy, hard] = [logs('easy'), logs('hard')]
  const top = Math.min(...[easy, hard].map((points) => Math.max(...points.map(([loss]) => loss))))
  const bottom = Math.max(...[easy, hard].map((points) => Math.min(...points.map(([loss]) => loss))))
  const stretchOf = (points: typeof easy, s: number): number => {
    const from = bottom + ((top - bottom) * s) / STRETCHES
    const to = bottom + ((top - bottom) * (s + 1)) / STRETCHES
    return mean(points.filter(([loss]) => loss >= from && loss <= to).map(([, value]) => value))
  }
  const differences = Array.from({ length: STRETCHES }, (_, s) => stretchOf(easy, s) - stretchOf(hard, s))
  return Math.exp(mean(differences.filter(Number.isFinite)))
}

/** The same at equal steps of one training on all examples, after the first transient: the geometric mean over looks. */
export function ratioTogether({ quantities }: EasyAndHardRun, after: number): number {
  const hard = new Map(pointsOf(quantities, 'together', 'm·α', 'hard'))
  const logs = pointsOf(quantities, 'together', 'm·α', 'easy')
    .filter(([step]) => step > after)
    .map(([step, value]) => Math.log(value / (hard.get(step) ?? Number.NaN)))
  return Math.exp(mean(logs.filter(Number.isFinite)))
}

/** Of single examples, hard over easy in pairs of one class and one network: the geometric mean. */
export function ratioAlone(run: EasyAndHardRun, quantity: 'steps' | 'norm'): number {
  const [easy, hard] = [ofEach(run, 'easy', quantity), ofEach(run, 'hard', quantity)]
  return Math.exp(mean(easy.map((value, pair) => Math.log(hard[pair]! / value)).filter(Number.isFinite)))
}

/** Steps or norms of the single examples of a kind. */
export function ofEach(
  { spec, quantities }: EasyAndHardRun,
  kind: Kind,
  quantity: 'steps' | 'norm',
): readonly number[] {
  return Array.from({ length: spec.alone.pairs }, (_, pair) => lastOf(quantities, 'alone', quantity, `${kind} ${pair}`))
}
