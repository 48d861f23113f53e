import type { GradientBlock, GradientStack } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { ParameterBlock, ParameterStatistic } from './parameter-statistic.ts'

/** How a stack is read parameter by parameter. */
export interface ParameterOptions {
  /** The most bytes that the slices of formed gradients may take on the backend. Default 64 MiB. */
  readonly byteBudget?: number
}

/**
 * The per-parameter statistic of a stack of m gradients: what {@link gsnr} and {@link alphaPerParameter} take.
 *
 * Every weight's gradients are formed a slice of columns at a time, m × width float32 numbers and their squares, within
 * the byte budget (one column at the least); the backend adds them up over the examples in float32, and two numbers a
 * parameter are read. The budget changes how long it takes, not the result. The stack stays as it was; every tensor made
 * here is disposed of.
 *
 * Scale: rows are each example's own gradient, never divided by m. A gradient shorter than about 1e-19 has a square that
 * float32 rounds to zero.
 *
 * @throws RangeError (as a rejection) when a sum is not finite in float32 (the weight and the element are named), or the
 *   budget is not above 0.
 *
 * @example
 * gsnr(await parameterStatisticOf(stack, { byteBudget: 2 ** 24 }))
 */
export async function parameterStatisticOf(
  stack: GradientStack,
  { byteBudget = 2 ** 26 }: ParameterOptions = {},
): Promise<ParameterStatistic> {
  if (!(byteBudget > 0))
    throw new RangeError(`parameterStatisticOf: required a byteBudget above 0, found ${byteBudget}`)
  const width = Math.max(1, Math.floor(byteBudget / (2 * 4 * stack.rows)))
  const blocks: ParameterBlock[] = []
  // One slice after another: what is read no longer takes memory.
  for (const block of stack.blocks) blocks.push(await sumsOf(block, width))
  return { m: stack.rows, blocks }
}

async function sumsOf(block: GradientBlock, width: number): Promise<ParameterBlock> {
  const { name, layer, size } = block
  const sum = new Float64Array(size)
  const sumOfSquares = new Float64Array(size)
  for (let from = 0; from < size; from += width) {
    const made = tf.tidy(() => {
      const columns = block.columns(from, Math.min(size, from + width))
      return [tf.sum(columns, 0), tf.sum(tf.square(columns), 0)] as const
    })
    try {
      const [sums, squares] = await Promise.all(made.map((tensor) => tensor.data()))
      sum.set(sums!, from)
      sumOfSquares.set(squares!, from)
    } finally {
      tf.dispose([...made])
    }
  }
  const bad = sumOfSquares.findIndex((x) => !Number.isFinite(x))
  if (bad === -1) return { name, layer, sum, sumOfSquares }
  throw new RangeError(
    `parameterStatisticOf: required finite gradients, found a sum of squares of ${sumOfSquares[bad]} at element ${bad} of ${name}`,
  )
}
