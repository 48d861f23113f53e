import type { Rule } from '../figure/figure.ts'

/** m·α of gradients that are pairwise orthogonal: an example helps nobody but itself. */
export const orthogonalLimit: Rule = { y: 1, label: 'orthogonal limit' }
