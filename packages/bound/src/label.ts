/**
 * Why a result is no bound. `estimate`: it may lie on either side of the theorem's. `under-estimate`: what was put in
 * tends to make it smaller than the theorem's.
 */
export interface Label {
  readonly kind: 'estimate' | 'under-estimate'
  /** One clause, without a full stop. */
  readonly because: string
}

/**
 * Whose α a number is: `distribution`, as the theorem has it; `plug-in`, a sample's own, which tends to be too high;
 * `debiased`, (m·α − 1)/(m − 1) of a sample, which may be too high or too low.
 */
export type AlphaKind = 'distribution' | 'plug-in' | 'debiased'

/** Steps whose α nobody measured: `zero` takes α = 0 there, as a bound must; `hold` the last that was measured. */
export type Between = 'zero' | 'hold'
