import type { Aggregator, AggregatorState } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import { formedStack } from './hand-made-stack.test-support.ts'

export type Rows = readonly (readonly number[])[]

/** Steps with a stack each; `between` sees the state after every step. Gives every gradient, and frees everything. */
export async function steps(
  rule: Aggregator,
  all: readonly Rows[],
  between: (state: AggregatorState) => Promise<AggregatorState> = async (state) => state,
): Promise<number[][]> {
  const first = formedStack(all[0]!)
  let state = rule.init(first.blocks)
  first.dispose()
  const gradients: number[][] = []
  for (const rows of all) {
    const stack = formedStack(rows)
    const { gradient, state: next } = rule.aggregate(stack, state)
    gradients.push((await Promise.all(stack.blocks.map(({ name }) => gradient[name]!.data()))).flatMap((x) => [...x]))
    tf.dispose([state, gradient])
    state = await between(next)
    stack.dispose()
  }
  tf.dispose(state)
  return gradients
}

/** Rows that differ from step to step. */
export const wave = (rows: number, step: number): number[][] =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: 5 }, (__, j) => Math.sin(3 * i + 7 * step + j * j)))
