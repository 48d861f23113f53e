import { openEngine } from '@coherent-gradients/engine'
import { rightOf } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { beforeAll } from 'vitest'
import { exampleByExample } from './example-by-example.test-support.ts'
import {
  halfSquaredError,
  perExampleGradients,
  type GradientBlock,
  type Loss,
  type PerExampleOptions,
  type TensorBatch,
} from './index.ts'

/** A model at a batch. */
export interface Case {
  readonly model: LayersModel
  readonly loss: Loss
  readonly batch: TensorBatch
  /** Rows by weight name, where one example at a time on tfjs's own cpu backend can't give them. */
  readonly twin?: Record<string, number[][]>
}

/** Backends whose tanh and exp are some units off in float32's last place. */
const approximating = new Set(['tensorflow', 'webgpu'])

/** Opens an engine before the tests around it, and cpu for the brute-force twin. */
export function onEngine(engine: string): void {
  beforeAll(async () => {
    for (const name of ['cpu', engine]) {
      rightOf(await openEngine(name)())
    }
    // Else tfjs computes on small tensors without the GPU, and small ones are all that tests have.
    if (engine === 'webgpu') tf.env().set('WEBGPU_CPU_FORWARD', false)
  })
}

/**
 * What differs between the blocks and one example at a time on the cpu backend, a line each: any method of any block, a
 * weight that is not the same to the bit afterwards, a tensor that is left. Empty where all is well. `tolerance` is that of
 * float32 sums in another order, relative to the norm of all that is compared; it is at least 1e-4 where the engine takes
 * tanh and exp by approximations of its own.
 */
export async function disagreements(
  { model, loss, batch, twin }: Case,
  options?: PerExampleOptions,
  tolerance = 1e-5,
): Promise<string[]> {
  const tensors = tf.memory().numTensors
  const weights = await bitsOf(model)
  const stack = perExampleGradients(model, loss, batch, options)
  const expected = twin ?? (await onCpu(() => exampleByExample(model, loss, batch), [batch.inputs, batch.labels]))
  const names = stack.blocks.map((block) => block.name)
  // A saturated softmax leaves a difference of numbers near 1: what float32 keeps of that is no smaller for small gradients.
  const least = 1e-2 * Math.max(1, Math.sqrt(sumOfSquares(Object.values(expected).flat(2))))
  const allowed = approximating.has(tf.getBackend()) ? Math.max(tolerance, 1e-4) : tolerance
  const found: string[] = []
  for (const block of stack.blocks) {
    const off = await disagreementsOf(block, expected[block.name]!, least, allowed)
    found.push(...off.map((what) => `${block.name}: ${what}`))
  }
  stack.dispose()
  if (names.toSorted().join() !== Object.keys(expected).toSorted().join()) found.push(`blocks ${names.join()}`)
  if (tf.memory().numTensors !== tensors) found.push(`${tf.memory().numTensors - tensors} tensors left`)
  if ((await bitsOf(model)) !== weights) found.push('weights changed')
  return found
}

/**
 * Whether rounding decides little about a case: the rows of its twin at inputs that are 1e-5 larger differ by less than a
 * tenth of `tolerance`. Of two kinks that nearly meet, or a normalisation of what hardly varies, no float32 can tell more.
 */
export async function isWellConditioned(
  at: Case,
  twinOf: (at: Case) => Promise<Record<string, number[][]>>,
  tolerance: number,
): Promise<boolean> {
  const inputs = tf.mul(at.batch.inputs, 1 + 1e-5)
  const before = Object.values(await twinOf(at)).flat(2)
  const after = Object.values(await twinOf({ ...at, batch: { ...at.batch, inputs } })).flat(2)
  inputs.dispose()
  const change = sumOfSquares(after.map((x, i) => x - before[i]!))
  return change <= (tolerance / 10) ** 2 * Math.max(1, sumOfSquares(before))
}

async function bitsOf(model: LayersModel): Promise<string> {
  const weights = await Promise.all(model.getWeights().map((weight) => weight.data()))
  return weights.map((values) => new Uint32Array(Float32Array.from(values).buffer).join()).join(';')
}

/** Errors count against the norm of the weight's rows; of a weight whose gradient all but cancels, against `least`. */
async function disagreementsOf(
  block: GradientBlock,
  rows: readonly number[][],
  least: number,
  tolerance: number,
): Promise<string[]> {
  const norm = Math.max(Math.sqrt(sumOfSquares(rows.flat())), least)
  const direction = Array.from({ length: block.size }, (_, j) => Math.sin(j + 1))
  const from = Math.floor(block.size / 3)
  const to = Math.max(from + 1, Math.floor((2 * block.size) / 3))
  const along = (): tf.Tensor => tf.tidy(() => block.dot(tf.tensor(direction, [...block.shape])))
  const shares = rows.map((_, i) => Math.cos(i + 1))
  const weighted = (): tf.Tensor => tf.tidy(() => block.weightedSum(tf.tensor1d(shares)))
  const sums = rows[0]!.map((_, j) => rows.reduce((sum, row, i) => sum + shares[i]! * row[j]!, 0))
  const squares = rows.map((row) => dot(row, row))
  const products = rows.flatMap((a) => rows.map((b) => dot(a, b)))
  const projections = rows.map((row) => dot(row, direction))
  const slice = rows.flatMap((row) => row.slice(from, to))
  const compared: readonly [what: string, found: number[], wanted: readonly number[], scale: number][] = [
    ['rows', await formed(block), rows.flat(), norm],
    ['mean', await read(() => block.mean()), meanOf(rows), norm],
    ['weightedSum', await read(weighted), sums, Math.sqrt(rows.length) * norm],
    ['squaredNorms', await read(() => block.squaredNorms()), squares, 2 * norm ** 2],
    ['gram', await read(() => block.gram()), products, 2 * norm ** 2],
    ['dot', await read(along), projections, norm * Math.sqrt(dot(direction, direction))],
    ['columns', await read(() => block.columns(from, to)), slice, norm],
  ]
  return compared.flatMap(([what, found, wanted, scale]) => {
    if (found.length !== wanted.length) return [`${what} has ${found.length} numbers, not ${wanted.length}`]
    const error = Math.sqrt(wanted.reduce((sum, x, i) => sum + (x - found[i]!) ** 2, 0))
    return error <= tolerance * scale ? [] : [`${what} is off by ${error} at a scale of ${scale}`]
  })
}

/** All of a block's rows, flat. */
export function formed(block: GradientBlock): Promise<number[]> {
  return read(() => block.columns(0, block.size))
}

/** A tensor's values; the tensor is disposed of. */
export async function read(make: () => tf.Tensor): Promise<number[]> {
  const tensor = make()
  const data = [...(await tensor.data())]
  tensor.dispose()
  return data
}

function meanOf(rows: readonly number[][]): number[] {
  return rows[0]!.map((_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length)
}

function sumOfSquares(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x * x, 0)
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0)
}

/**
 * Runs on the cpu backend, and goes back. Every variable may be used and the tensors that are named: they are read
 * first, as webgpu can't be read in the midst of it.
 */
export async function onCpu<T>(run: () => T, tensors: readonly tf.Tensor[] = []): Promise<T> {
  const variables = Object.values(tf.engine().registeredVariables)
  await Promise.all([...variables, ...tensors].map((tensor) => tensor.data()))
  const backend = tf.getBackend()
  tf.setBackend('cpu')
  try {
    return run()
  } finally {
    tf.setBackend(backend)
  }
}

/** A model with weights drawn from a seed, at inputs and regression targets drawn from it. */
export function randomCase(model: LayersModel, m: number, seed: number): Case {
  const random = (shape: readonly number[], s: number, scale = 1): tf.Tensor =>
    tf.randomNormal([...shape], 0, scale, 'float32', seed + s)
  for (const [w, variable] of model.weights.entries()) {
    const positive = /variance/.test(variable.originalName)
    tf.tidy(() => {
      const drawn = random(variable.shape as number[], w, 0.6)
      variable.write(positive ? tf.add(0.5, tf.square(drawn)) : drawn)
    })
  }
  const [input, output] = [model.inputs[0]!.shape.slice(1), model.outputs[0]!.shape.slice(1)] as number[][]
  const batch = { inputs: random([m, ...input!], 100), labels: random([m, ...output!], 101) }
  return { model, loss: halfSquaredError, batch }
}
