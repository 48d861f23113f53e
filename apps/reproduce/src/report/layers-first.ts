import type { Figure } from '../figure/figure.ts'

/** Figures in the order in which a page shows them: layer by layer first, for an average over all of them can hide what each does. */
export function layersFirst(figures: readonly Figure[]): readonly Figure[] {
  return figures.toSorted((a, b) => Number(b.layers === true) - Number(a.layers === true))
}
