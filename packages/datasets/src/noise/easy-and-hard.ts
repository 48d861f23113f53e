import { derive, type Key, permutation, type Split } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { subset } from '../subset.ts'
import { type TooFewExamples, tooFew } from './class-balanced.ts'

export interface EasyAndHardOptions {
  /** For each run, [n] whether it classified each example rightly early in training, in the order of the split's ids. */
  readonly right: readonly ArrayLike<number | boolean>[]
  readonly key: Key
  /** Examples of each kind to train on, and others to test on. */
  readonly train: number
  readonly test: number
}

/** Training and test examples of one kind. */
export interface TrainAndTest {
  readonly train: Split
  readonly test: Split
}

/**
 * Easy and hard subsets by consistency over runs: easy are the examples that every run classified rightly early on, hard
 * those that every run got wrong. What the runs disagree about is in neither.
 *
 * All four subsets are disjoint: nothing is tested on that anything was trained on. They are drawn by the key, so that
 * the runs that told the examples apart and these subsets can be made again.
 *
 * @returns left when there are fewer consistent examples of a kind than were asked for.
 * @throws RangeError when there is no run, or one doesn't speak of every example.
 * @see "On the Generalization Mystery in Deep Learning", §8 (Figure 7): 500,000 and 50,000 examples of each kind.
 *
 * @example
 * easyAndHard(train, { right: [run1, run2, run3], key: keyOf(0), train: 5000, test: 500 })
 */
export function easyAndHard(
  split: Split,
  { right, key, train, test }: EasyAndHardOptions,
): E.Either<TooFewExamples, { readonly easy: TrainAndTest; readonly hard: TrainAndTest }> {
  const { ids } = split
  const wrong = right.find((run) => run.length !== ids.length)
  if (right.length === 0 || wrong !== undefined) {
    const found = wrong === undefined ? 'no run' : `${wrong.length}`
    throw new RangeError(`easyAndHard: required whether each of ${ids.length} examples was right, found ${found}`)
  }
  return drawKinds(
    split,
    {
      easy: [(i) => right.every((run) => Boolean(run[i])), 'that every run got right'],
      hard: [(i) => right.every((run) => !run[i]), 'that every run got wrong'],
    },
    { key, train, test },
  )
}

type Kind = 'easy' | 'hard'

/** Draws training and test examples out of those of each kind, told by their row. */
export function drawKinds(
  split: Split,
  kinds: Readonly<Record<Kind, readonly [belongs: (row: number) => boolean, said: string]>>,
  { key, train, test }: Pick<EasyAndHardOptions, 'key' | 'train' | 'test'>,
): E.Either<TooFewExamples, Readonly<Record<Kind, TrainAndTest>>> {
  const { ids, name } = split
  const found = { easy: ids.filter((_, i) => kinds.easy[0](i)), hard: ids.filter((_, i) => kinds.hard[0](i)) }
  for (const kind of ['easy', 'hard'] as const) {
    const all = found[kind].length
    if (all < train + test) return E.left(tooFew(name, kinds[kind][1], train + test, all))
  }
  return E.right({ easy: parts('easy'), hard: parts('hard') })

  function parts(kind: Kind): TrainAndTest {
    const sorted = found[kind].toSorted()
    const drawn = Array.from(permutation(derive(key, `easy-and-hard/${kind}`), sorted.length), (i) => sorted[i]!)
    return {
      train: subset(split, drawn.slice(0, train), `${name} ${kind}`),
      test: subset(split, drawn.slice(train, train + test), `${name} ${kind} test`),
    }
  }
}
