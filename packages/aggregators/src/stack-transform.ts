import type { GradientStack } from '@coherent-gradients/gradients'

/**
 * Stack → stack: what may stand in front of a rule in a `chain`. Row by row and without memory, so that nothing of one
 * step's rows enters the next one's.
 *
 * `transform` is synchronous and reads nothing back. The given stack stays as it was and is disposed of after the new one,
 * whose `dispose` frees what the transform made and no more.
 */
export interface StackTransform {
  /** Short name that appears in figures: `clipRows(1)`. */
  readonly name: string
  transform(stack: GradientStack): GradientStack
}
