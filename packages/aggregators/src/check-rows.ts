import type { GradientStack } from '@coherent-gradients/gradients'

/** Refuses a stack with fewer rows than a rule needs. */
export function checkAtLeast(name: string, stack: GradientStack, least: number): void {
  if (stack.rows < least) throw new RangeError(`${name}: required at least ${least} rows, found ${stack.rows}`)
}

/** Refuses a stack that doesn't have one row per micro-batch. */
export function checkGroups(name: string, stack: GradientStack, groups: number): void {
  if (stack.rows !== groups) {
    throw new RangeError(`${name}: required ${groups} rows, one per micro-batch, found ${stack.rows}`)
  }
}
