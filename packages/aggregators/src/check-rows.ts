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

/** Refuses factors that aren't as many rows as the stack has, or don't make a row as long as the weight. */
export function checkFactors(name: string, { rows, blocks }: GradientStack): void {
  for (const { name: weight, size, factors } of blocks) {
    if (factors === undefined) continue
    const [m, d] = factors.activations.shape
    const [n, p] = factors.deltas.shape
    if (m === rows && n === rows && d * p === size) continue
    throw new RangeError(
      `${name}: required factors of ${rows} rows of ${size} values for ${weight}, found [${m}, ${d}] and [${n}, ${p}]`,
    )
  }
}
