import { derive, numberInRange, type OutOfRange, permutation, type Split } from '@coherent-gradients/core'
import { either as E, function as fn } from 'fp-ts'
import { chosenByChance } from './chosen.ts'
import type { NoiseOptions } from './noise-options.ts'
import { type LabelNoise, noisyLabels } from './noisy-labels.ts'
import { once } from './once.ts'
import { percent } from './percent.ts'
import { readLabels } from './read-labels.ts'

/**
 * Label noise that keeps the classes' sizes: each example is chosen with probability `fraction`, and the labels of the
 * chosen ones are permuted among them.
 *
 * The permutation depends on the key and on the set of ids. The first read learns the labels of the whole split once. Some permuted labels come out right by chance: those examples are touched and not corrupt.
 *
 * @returns left when the fraction is outside [0, 1].
 *
 * @example
 * permutedLabelNoise(train, { key: keyOf(0), fraction: 0.5 }) // right: mnist/train labels~50% permuted
 */
export function permutedLabelNoise(split: Split, { key, fraction }: NoiseOptions): E.Either<OutOfRange, Split> {
  return fn.pipe(
    numberInRange('label noise fraction', fraction, 0, 1),
    E.map(() => {
      const chosen = chosenByChance(derive(key, 'permuted-label-noise/choice'), fraction)
      return noisyLabels(split, `labels~${percent(fraction)} permuted`, chosen, once(permuteLabels))

      async function permuteLabels(): Promise<LabelNoise> {
        const found: { id: number; label: number }[] = []
        const { ids, labels: given } = await readLabels(split, split.ids)
        ids.forEach((id, i) => {
          if (chosen.has(id)) found.push({ id, label: given[i] as number })
        })
        found.sort((a, b) => a.id - b.id)
        const order = permutation(derive(key, 'permuted-label-noise/order'), found.length)
        const labels = new Map(found.map(({ id }, i) => [id, found[order[i] as number]?.label as number]))
        return (id) => labels.get(id) as number
      }
    }),
  )
}
