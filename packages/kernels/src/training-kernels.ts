import { instantiate } from './instantiate.ts'
import * as entry from './generated/training.ts'
import type { WasmMemory } from './wasm-memory.ts'

/**
 * What a training step needs besides products, on dense arrays of float32 at addresses in one memory. Labels are m int32
 * classes where `byClass` is 1, else float32 targets [m, classes]; an example whose class isn't there gets NaN.
 */
export interface TrainingKernels {
  /** gradient = dy · step(x), n numbers; step is 1 above 0, NaN of NaN, else 0. */
  reluGradient(dy: number, x: number, n: number, gradient: number): void
  /** difference = x − y·scale, n numbers, rounded after the product as after the difference. */
  scaledDifference(x: number, y: number, scale: number, n: number, difference: number): void
  /** result = x / y, n numbers. */
  quotient(x: number, y: number, n: number, result: number): void
  /** Σⱼ x_ij² of each row of x [rows, width]. */
  squaredNorms(x: number, rows: number, width: number, norms: number): void
  /** ‖xᵢ‖²·‖yᵢ‖² for the rows of x [rows, width] and y [rows, others], the product of what `squaredNorms` gives. */
  outerProductNorms(x: number, width: number, y: number, others: number, rows: number, norms: number): void
  /** ℓᵢ = −Σ_c y_ic · log softmax(zᵢ)_c for logits z [m, classes]. */
  softmaxCrossEntropy(logits: number, labels: number, byClass: number, m: number, classes: number, losses: number): void
  /** δ_ic = (softmax(zᵢ)_c · Σ_k y_ik − y_ic) · dyᵢ. */
  softmaxCrossEntropyGradient(
    logits: number,
    labels: number,
    byClass: number,
    dy: number,
    m: number,
    classes: number,
    gradient: number,
  ): void
  /** Losses and, for dy = 1, their gradient, to the bit as the two above give them. */
  softmaxCrossEntropyWithGradient(
    logits: number,
    labels: number,
    byClass: number,
    m: number,
    classes: number,
    losses: number,
    gradient: number,
  ): void
  /** How many of m examples have their largest output at their class (int32); of equal outputs the first counts. */
  countCorrect(outputs: number, labels: number, m: number, classes: number): number
}

/**
 * {@link TrainingKernels} over a WebAssembly memory, by plain SIMD on one thread: the same bytes on every machine.
 * Nothing is checked: addresses and shapes are the caller's to get right.
 *
 * @example
 * trainingKernels(memory).squaredNorms(x, 100, 784, norms)
 */
export function trainingKernels(memory: WasmMemory): TrainingKernels {
  return instantiate<TrainingKernels>(entry, memory)
}
