import type { MeasuredScopes } from './scopes-of.ts'

/** What `measure --gradients` found out. */
export interface MeasuredGradients extends MeasuredScopes {
  /** The file that the gradients came from. */
  readonly gradients: string
  readonly weights: number
  readonly parameters: number
  /** 1, or the power of two by which every row was multiplied so that squares stay within float64: Σ‖g‖² is of these. */
  readonly multipliedBy: number
}
