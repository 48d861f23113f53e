import type { Key, Split } from '@coherent-gradients/core'
import type { either as E } from 'fp-ts'
import type { TooFewExamples } from './class-balanced.ts'
import { drawKinds, type TrainAndTest } from './easy-and-hard.ts'

export interface LearnedOptions {
  /** For each run, [n] the step from which on it classified each example rightly, in the order of the split's ids; `Infinity` for never. */
  readonly learned: readonly ArrayLike<number>[]
  /** Learned early is by this step, in every run. */
  readonly early: number
  /** Learned late is after this step, or never, in every run; `early` where absent. */
  readonly late?: number
  readonly key: Key
  /** Examples of each kind to train on, and others to test on. */
  readonly train: number
  readonly test: number
}

/**
 * {@link easyAndHard} by when each example was learned: easy are those that every run learned by the step `early`, hard
 * those that no run had learned by the step `late`. What lies between, or differs between runs, is in neither.
 *
 * @returns left when there are fewer examples of a kind than were asked for.
 * @throws RangeError when there is no run, one doesn't speak of every example, or late is before early.
 * @see "On the Generalization Mystery in Deep Learning", §8 (Figure 7).
 *
 * @example
 * learnedEarlyAndLate(train, { learned: [run1, run2], early: 500, late: 5000, key: keyOf(0), train: 5000, test: 500 })
 */
export function learnedEarlyAndLate(
  split: Split,
  { learned, early, late = early, key, train, test }: LearnedOptions,
): E.Either<TooFewExamples, { readonly easy: TrainAndTest; readonly hard: TrainAndTest }> {
  const n = split.ids.length
  const wrong = learned.find((run) => run.length !== n)
  if (learned.length === 0 || wrong !== undefined) {
    const found = wrong === undefined ? 'no run' : `${wrong.length}`
    throw new RangeError(`learnedEarlyAndLate: required when each of ${n} examples was learned, found ${found}`)
  }
  if (!(late >= early)) throw new RangeError(`learnedEarlyAndLate: required late ≥ ${early}, found ${late}`)
  return drawKinds(
    split,
    {
      easy: [(i) => learned.every((run) => run[i]! <= early), `that every run learned by step ${early}`],
      hard: [(i) => learned.every((run) => run[i]! > late), `that no run learned by step ${late}`],
    },
    { key, train, test },
  )
}
