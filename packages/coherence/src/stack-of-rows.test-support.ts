import type { GradientBlock, GradientStack } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { layerOf } from './layer-of.ts'

/** m gradients of one weight, row-major, and the weight's shape. */
export interface FormedRows {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: readonly number[]
}

/** A stack whose rows are given element by element. */
export function stackOfRows(m: number, weights: readonly FormedRows[]): GradientStack {
  const losses = tf.zeros<tf.Rank.R1>([m])
  const blocks = weights.map((weight) => formedBlock(m, weight))
  return {
    rows: m,
    blocks: blocks.map((block) => block.block),
    losses,
    dispose: () => tf.dispose([losses, ...blocks.flatMap(({ rows, block }) => [rows, block.variable])]),
  }
}

function formedBlock(m: number, { name, shape, data }: FormedRows): { block: GradientBlock; rows: Tensor2D } {
  const size = shape.reduce((product, n) => product * n, 1)
  const rows = tf.tensor2d([...data], [m, size])
  const block: GradientBlock = {
    name,
    variable: tf.tidy(() => tf.variable(tf.zeros([...shape]))),
    layer: layerOf(name),
    shape,
    size,
    mean: () => tf.tidy(() => tf.reshape(tf.mean(rows, 0), [...shape])),
    weightedSum: (weights) => tf.tidy(() => tf.reshape(tf.matMul(tf.reshape(weights, [1, m]), rows), [...shape])),
    squaredNorms: () => tf.tidy(() => tf.sum(tf.square(rows), 1) as Tensor1D),
    dot: (direction: Tensor) => tf.tidy(() => tf.reshape(tf.matMul(rows, tf.reshape(direction, [size, 1])), [m])),
    gram: () => tf.matMul(rows, rows, false, true),
    columns: (from, to) => tf.slice(rows, [0, from], [m, to - from]),
  }
  return { block, rows }
}
