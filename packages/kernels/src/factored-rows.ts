/**
 * m rows held as outer products: row i is activations[i] ⊗ deltas[i], rounded to float32 element by element.
 *
 * Index legend: i of m rows, a of d inputs, b of p outputs; column a·p + b of row i is
 * fround(activations[i·d + a] · deltas[i·p + b]).
 */
export interface FactoredRows {
  readonly activations: Float32Array
  readonly deltas: Float32Array
  readonly rows: number
  readonly inputs: number
  readonly outputs: number
}
