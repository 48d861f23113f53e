import { derive, keyOf, type Split } from '@coherent-gradients/core'
import { permutedLabelNoise } from '@coherent-gradients/datasets'
import { either as E } from 'fp-ts'
import type { Labelling } from './measurement.ts'

/** The labels that examples have. */
export const asTheyAre: Labelling = async (batch) => batch

/** The labels permuted among all examples: as many of each class, and none that means anything. */
export function shuffledLabels(labels: Split, key = 'measure'): Labelling {
  const shuffled = permutedLabelNoise(labels, { key: derive(keyOf(key), 'shuffled labels'), fraction: 1 })
  if (E.isLeft(shuffled)) throw new RangeError(shuffled.left.message)
  return async (batch) => ({ ...batch, labels: (await shuffled.right.read(batch.ids)).labels })
}
