import { loadReference, type ReferenceName } from '@coherent-gradients/testkit'

/** m gradients, element by element. */
export type Stack = readonly (readonly number[])[]

export const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0)
export const mean = (values: readonly number[]): number => sum(values) / values.length
export const dot = (a: readonly number[], b: readonly number[]): number => sum(a.map((x, j) => x * b[j]!))
export const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((x, j) => x - b[j]!))

/** What `of` says of every pair of independent examples, i = j included. */
export function independentPairs(rows: Stack, of: (a: readonly number[], b: readonly number[]) => number): number[] {
  return rows.flatMap((a) => rows.map((b) => of(a, b)))
}

/** What `of` says of every pair of different examples. */
export function distinctPairs(rows: Stack, of: (a: readonly number[], b: readonly number[]) => number): number[] {
  return rows.flatMap((a, i) => rows.filter((_, j) => i !== j).map((b) => of(a, b)))
}

/** A reference network's whole per-example gradients, in float64. */
export function referenceRows(name: ReferenceName): number[][] {
  const { examples, parameterOrder, perExampleGradients } = loadReference(name)
  return Array.from({ length: examples }, (_, i) =>
    parameterOrder.flatMap((weight) => {
      const { data } = perExampleGradients[weight]!
      const size = data.length / examples
      return data.slice(i * size, (i + 1) * size)
    }),
  )
}
