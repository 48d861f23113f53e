import type { Split } from '@coherent-gradients/core'
import { readLabels } from '../read-labels.ts'
import { subset } from '../subset.ts'

/** A noisy split taken apart. */
export interface Populations {
  /** Examples that have their true label; by `touched`, those that noise did not choose. */
  readonly pristine: Split
  /** Examples whose label differs from the true one. */
  readonly corrupt: Split
  /** Examples that noise chose: the corrupt ones, those whose new label is the true one by chance, and noise images. */
  readonly touched: Split
}

/**
 * The pristine and the corrupt examples of a noisy split. Only labels are read.
 *
 * Label noise of 25% on ten classes touches a quarter and corrupts about 22.5%. With `by: 'touched'` *pristine* are those
 * that noise did not choose, which tells real images from noise images; by default those with their true label, as the
 * paper's figures tell them apart.
 *
 * @see "On the Generalization Mystery in Deep Learning", footnote 24, Figures 6 and 9.
 *
 * @example
 * const { pristine, corrupt } = await populations(noisy)
 */
export async function populations(
  split: Split,
  { by = 'label' }: { readonly by?: 'label' | 'touched' } = {},
): Promise<Populations> {
  const { ids, labels, trueLabels, touched } = await readLabels(split, split.ids)
  const corrupt = ids.filter((_, i) => labels[i] !== trueLabels[i])
  const chosen = ids.filter((_, i) => touched[i] === 1)
  const pristine = ids.filter((_, i) => (by === 'touched' ? touched[i] === 0 : labels[i] === trueLabels[i]))
  return {
    pristine: subset(split, pristine, `${split.name} pristine`),
    corrupt: subset(split, corrupt, `${split.name} corrupt`),
    touched: subset(split, chosen, `${split.name} touched`),
  }
}
