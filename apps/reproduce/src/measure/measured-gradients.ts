import type { MeasuredScopes } from './scopes-of.ts'

/** What `measure --gradients` found out. */
export interface MeasuredGradients extends MeasuredScopes {
  /** The file that the gradients came from. */
  readonly gradients: string
  readonly weights: number
  readonly parameters: number
}
