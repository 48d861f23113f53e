import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs-core'

/**
 * Runs a function that computes a mean loss, and finds the losses that it takes the mean of: what the last mean to a
 * single number is over, [m] or [m, …].
 *
 * Losses [m] that are multiplied by numbers [m] which were there before, as tfjs's `fit` does with class weights, are
 * refused: a weighted gradient is no example's own.
 *
 * @param computesLoss asked at each operation: whether no layer is at work.
 * @returns the value, and [m] the losses, kept, where they were found.
 * @throws RangeError that says what to leave out.
 */
export function watchLosses(
  run: () => Scalar,
  computesLoss: () => boolean,
  m: () => number | undefined,
): { readonly value: Scalar; readonly losses?: Tensor1D } {
  const engine = tf.engine() as unknown as { runKernel: (name: string, inputs: object, attributes?: object) => unknown }
  const original = engine.runKernel
  const first = tf.tidy(() => tf.scalar(0).id)
  let averaged: Tensor | undefined
  engine.runKernel = function (name, inputs, attributes) {
    if (!computesLoss()) return original.call(engine, name, inputs, attributes)
    if (name === 'Multiply') refuseWeights(inputs as { readonly a: Tensor; readonly b: Tensor }, first)
    const output = original.call(engine, name, inputs, attributes)
    if (name === 'Mean' && (output as Tensor).rank === 0) averaged = (inputs as { readonly x: Tensor }).x
    return output
  }
  let value: Scalar
  try {
    value = run()
  } finally {
    engine.runKernel = original
  }
  if (averaged === undefined || averaged.rank === 0 || averaged.shape[0] !== m()) return { value }
  const losses = averaged
  const perExample = (): Tensor1D =>
    losses.rank === 1 ? tf.clone(losses as Tensor1D) : tf.mean(tf.reshape(losses, [losses.shape[0]!, -1]), 1)
  return { value, losses: tf.keep(tf.tidy(perExample)) }
}

function refuseWeights({ a, b }: { readonly a: Tensor; readonly b: Tensor }, first: number): void {
  const isWeighted = a.rank === 1 && b.rank === 1 && a.size === b.size && a.id < first !== b.id < first
  if (!isWeighted) return
  throw new RangeError(
    'required losses without weights, found them multiplied by sample or class weights: a weighted gradient is no ' +
      'example’s own. Leave out classWeight and sampleWeight, or draw the examples by their weights',
  )
}
