/** A corollary of Theorem 1: both of its forms are bounds. */
export interface Corollary {
  /** log of the tighter form. */
  readonly logTighter: number
  /** log of the looser form, which is simpler to reason with. */
  readonly logLooser: number
}
