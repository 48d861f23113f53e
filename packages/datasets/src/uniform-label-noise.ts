import { derive, numberInRange, type OutOfRange, type Split, uniformIntegers } from '@coherent-gradients/core'
import { either as E, function as fn } from 'fp-ts'
import { chosenByChance, chosenExactly } from './chosen.ts'
import type { NoiseOptions } from './noise-options.ts'
import { noisyLabels } from './noisy-labels.ts'
import { percent } from './percent.ts'

/**
 * Label noise: chosen examples get a label drawn uniformly from all classes, so 1/classes of them keep the right one.
 *
 * `exact` chooses round(fraction · n) of n examples at random; `bernoulli` tosses a coin for each. `touched` marks the
 * chosen, and those whose label changed are corrupt: 25% noise on ten classes corrupts about 22.5%. The label is a
 * function of key and id; with `exact`, whether an example is chosen also depends on the set of ids. With one key, more
 * noise keeps what less noise did.
 *
 * @returns left when the fraction is outside [0, 1].
 * @see "On the Generalization Mystery in Deep Learning", footnote 24 (Figure 4): `exact`.
 *
 * @throws RangeError when the scheme is neither `exact` nor `bernoulli`.
 *
 * @example
 * uniformLabelNoise(train, { key: keyOf(0), fraction: 0.25 }) // right: mnist/train labels~25%
 */
export function uniformLabelNoise(
  split: Split,
  { key, fraction, scheme = 'exact' }: NoiseOptions & { readonly scheme?: 'exact' | 'bernoulli' },
): E.Either<OutOfRange, Split> {
  if (scheme !== 'exact' && scheme !== 'bernoulli') {
    throw new RangeError(`uniformLabelNoise: required scheme exact or bernoulli, found ${String(scheme)}`)
  }
  return fn.pipe(
    numberInRange('label noise fraction', fraction, 0, 1),
    E.map(() => {
      const choice = derive(key, 'uniform-label-noise/choice')
      const draw = derive(key, 'uniform-label-noise/label')
      const exact = scheme === 'exact'
      const chosen = exact ? chosenExactly(split.ids, choice, fraction) : chosenByChance(choice, fraction)
      const suffix = `labels~${percent(fraction)}${exact ? '' : ' bernoulli'}`
      const labelOf = (id: number): number => uniformIntegers(derive(draw, id), 1, split.classes)[0] as number
      return noisyLabels(split, suffix, chosen, () => labelOf)
    }),
  )
}
