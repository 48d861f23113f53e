import type { Aggregator, Factors, GradientBlock, GradientStack } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'

type Rows = readonly (readonly number[])[]

/** A stack of plain rows: a kernel with the first columns, shaped [columns, 1], and a bias with the last one. */
export function formedStack(rows: Rows): GradientStack {
  const kernel = rows.map((row) => row.slice(0, Math.max(1, row.length - 1)))
  const bias = rows.map((row) => row.slice(Math.max(1, row.length - 1)))
  const blocks = [block('d/kernel', [kernel[0]!.length, 1], matrix(kernel))]
  if (bias[0]!.length > 0) blocks.push(block('d/bias', [bias[0]!.length], matrix(bias)))
  return stackOf(rows.length, blocks)
}

/** A stack of one dense kernel, held in factors or formed from them. */
export function denseStack(activations: Rows, deltas: Rows, held: 'in factors' | 'formed'): GradientStack {
  const factors = { activations: matrix(activations), deltas: matrix(deltas) }
  const [m, d, p] = [activations.length, activations[0]!.length, deltas[0]!.length]
  const formed = tf.tidy(() =>
    tf.reshape(tf.mul(tf.expandDims(factors.activations, 2), tf.expandDims(factors.deltas, 1)), [m, d * p]),
  ) as Tensor2D
  if (held === 'in factors') return stackOf(m, [block('d/kernel', [d, p], formed, factors)])
  tf.dispose(factors)
  return stackOf(m, [block('d/kernel', [d, p], formed)])
}

/** The aggregated gradient as plain numbers, in block order. Disposes of the tensors. */
export async function aggregated(aggregator: Aggregator, stack: GradientStack): Promise<number[]> {
  const state = aggregator.init(stack.blocks)
  const { gradient, state: next } = aggregator.aggregate(stack, state)
  const values: number[] = []
  for (const { name, shape } of stack.blocks) {
    const tensor = gradient[name]!
    if (tensor.shape.join() !== shape.join()) throw new Error(`${name}: shape [${tensor.shape}], not [${shape}]`)
    values.push(...(await tensor.data()))
  }
  tf.dispose([gradient, state, next])
  return values
}

/** Every number in a stack, to see that it stays as it is. */
export async function contents(stack: GradientStack): Promise<number[]> {
  const values = await Promise.all(stack.blocks.map((each) => read(each.columns(0, each.size))))
  return [...values.flat(), ...(await stack.losses.data())]
}

async function read(tensor: tf.Tensor): Promise<number[]> {
  const values = [...(await tensor.data())]
  tensor.dispose()
  return values
}

function stackOf(rows: number, blocks: (GradientBlock & { dispose(): void })[]): GradientStack {
  const losses = tf.zeros([rows]) as Tensor1D
  return {
    rows,
    blocks,
    losses,
    dispose: () => {
      losses.dispose()
      for (const each of blocks) each.dispose()
    },
  }
}

function block(
  name: string,
  shape: readonly number[],
  rows: Tensor2D,
  factors?: Factors,
): GradientBlock & { dispose(): void } {
  const zeros = tf.zeros([...shape])
  const variable = tf.variable(zeros)
  zeros.dispose()
  const held = factors === undefined ? {} : { factors }
  return {
    name,
    variable,
    layer: 'd',
    shape,
    size: rows.shape[1],
    ...held,
    mean: () => tf.tidy(() => tf.reshape(tf.mean(rows, 0), [...shape])),
    weightedSum: (weights) => tf.tidy(() => tf.reshape(tf.matMul(tf.reshape(weights, [1, -1]), rows), [...shape])),
    squaredNorms: () => tf.tidy(() => tf.sum(tf.square(rows), 1) as Tensor1D),
    dot: (direction) => tf.tidy(() => tf.reshape(tf.matMul(rows, tf.reshape(direction, [-1, 1])), [-1]) as Tensor1D),
    gram: () => tf.matMul(rows, rows, false, true),
    columns: (from, to) => tf.slice(rows, [0, from], [rows.shape[0], to - from]),
    dispose: () =>
      tf.dispose([rows, variable, ...(factors === undefined ? [] : [factors.activations, factors.deltas])]),
  }
}

function matrix(rows: Rows): Tensor2D {
  return tf.tensor2d(Float32Array.from(rows.flat()), [rows.length, rows[0]!.length])
}
