import { derive, numberInRange, type OutOfRange, type Split } from '@coherent-gradients/core'
import { either as E, function as fn } from 'fp-ts'
import { chosenExactly } from './chosen.ts'
import type { NoiseOptions } from './noise-options.ts'
import { noisyLabels } from './noisy-labels.ts'
import { percent } from './percent.ts'

/**
 * Label noise as of annotators who take a class for its neighbour: round(fraction · n) of n examples get the class after
 * their own, the last class the first.
 *
 *   y ← (y + 1) mod C
 *
 * Every chosen example is corrupt where there are two classes or more. From one half on the wrong class is the commoner
 * one: no method can tell then which is meant. Whether an example is chosen depends on the key and on the set of ids; with
 * one key, more noise keeps what less noise did.
 *
 * @returns left when the fraction is outside [0, 1].
 * @see Han et al., "Co-teaching: Robust Training of Deep Neural Networks with Extremely Noisy Labels", 2018, pair flipping.
 *
 * @example
 * pairFlippedLabelNoise(train, { key: keyOf(0), fraction: 0.4 }) // right: mnist/train labels~40% pair-flipped
 */
export function pairFlippedLabelNoise(split: Split, { key, fraction }: NoiseOptions): E.Either<OutOfRange, Split> {
  return fn.pipe(
    numberInRange('label noise fraction', fraction, 0, 1),
    E.map(() => {
      const chosen = chosenExactly(split.ids, derive(key, 'pair-flipped-label-noise/choice'), fraction)
      return noisyLabels(
        split,
        `labels~${percent(fraction)} pair-flipped`,
        chosen,
        () => (_id, label) => (label + 1) % split.classes,
      )
    }),
  )
}
