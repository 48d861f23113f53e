import type { AlphaKind, Between, Label } from './label.ts'

/** How the ingredients of a result came about. */
export interface Provenance {
  readonly alphaIs: AlphaKind
  readonly between: Between
  /** Steps whose α was held from an earlier one, or set to 0. */
  readonly filled: number
  readonly constants: 'given' | 'estimated'
}

/**
 * What a result of Theorem 1 must be called, given how α, L and β came about; a bound only where nothing is listed.
 *
 * Steps that take α = 0 need no label: √2 is the most that a step can give.
 *
 * @example
 * labelsOf({ alphaIs: 'plug-in', between: 'zero', filled: 9, constants: 'given' }) // [{ kind: 'under-estimate', … }]
 */
export function labelsOf({ alphaIs, between, filled, constants }: Provenance): readonly Label[] {
  const labels: Label[] = []
  if (alphaIs === 'plug-in') {
    labels.push({
      kind: 'under-estimate',
      because: "α is a sample's own, which tends to be above the distribution's (footnote 12)",
    })
  }
  if (alphaIs === 'debiased') {
    labels.push({
      kind: 'estimate',
      because: "α is estimated from a sample, and may lie on either side of the distribution's",
    })
  }
  if (between === 'hold' && filled > 0) {
    labels.push({ kind: 'estimate', because: 'α of the steps between two probes is held from the last probe' })
  }
  if (constants === 'estimated') {
    labels.push({
      kind: 'estimate',
      because: 'L or β is the largest that was seen along the way; the theorem needs the largest that there is',
    })
  }
  return labels
}
