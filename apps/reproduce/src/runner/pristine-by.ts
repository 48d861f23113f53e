import type { Batch } from '@coherent-gradients/core'
import type { NoiseSpec } from '../run-spec.ts'

/**
 * Tells pristine examples from corrupt ones, by their place in a batch or an evaluation.
 *
 * Under label noise an example is corrupt where its label is wrong: one that was drawn anew and came out right by chance is
 * pristine (footnote 24). Under noise on images it is corrupt where its image was replaced or its pixels moved.
 *
 * @example
 * pristineBy({ kind: 'gaussian-images', fraction: 0.5 }, evaluation)(0) // whether the first image is real
 */
export function pristineBy(
  { kind }: NoiseSpec,
  { labels, trueLabels, touched }: Pick<Batch, 'labels' | 'trueLabels' | 'touched'>,
): (i: number) => boolean {
  const onLabels = kind === 'none' || kind === 'labels'
  return (i) => labels[i] === trueLabels[i] && (onLabels || touched[i] === 0)
}
