/** A bound of an earlier paper. */
export interface EarlierBound {
  /** log of the formula's value, whether its conditions are met or not. */
  readonly logBound: number
  /** Conditions of the theorem that don't hold, a clause each; empty where the number is a bound. */
  readonly unmet: readonly string[]
}
