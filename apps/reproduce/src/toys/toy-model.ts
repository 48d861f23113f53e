/** A model small enough to be written down: its prediction and the prediction's derivative, in float64. */
export interface ToyModel {
  /** The parameters' names, in the order of their vector. */
  readonly parameters: readonly string[]
  /** For each parameter the layer that it belongs to. */
  readonly layers: readonly string[]
  predict(parameters: ArrayLike<number>, x: readonly number[]): number
  /** ∂ predict / ∂ parameters. */
  slopes(parameters: ArrayLike<number>, x: readonly number[]): readonly number[]
}

/** `w1` … `w6`. */
export function named(letter: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, j) => `${letter}${j + 1}`)
}
