import { derive, keyOf, permutation, type Batch } from '@coherent-gradients/core'
import type { QuantityRow } from '@coherent-gradients/runlog'
import type { MinimumNormSpec } from '../specs/minimum-norm-spec.ts'
import { descend } from '../toys/descend.ts'
import { toyModels } from '../toys/models/index.ts'
import { toyData } from '../toys/toy-data.ts'
import { cholesky, solve } from './cholesky.ts'
import { exponential } from './exponential.ts'

/** What a run goes by: training examples in their order, then those to test with. */
export interface Examples {
  readonly train: Batch
  readonly test: Batch
  readonly classes: number
}

/** Minimum-norm weights of the toy data beside the ends of descents; errors and norms of fits by n, kernel and labels. */
export async function* measureMinimumNorm(spec: MinimumNormSpec, examples: Examples): AsyncGenerator<QuantityRow> {
  for (const set of ['L', 'M'] as const) yield* measureToy(set)
  const { train, test } = examples
  const [own, across] = [dots(train, train), dots(test, train)]
  const [ownSquares, acrossSquares] = [squares(train), squares(test)]
  const n = train.labels.length
  for (const kernel of ['linear', 'Gaussian'] as const) {
    const valuesOf = (products: Float64Array, rows: Float64Array): Float64Array =>
      kernel === 'linear'
        ? products
        : products.map((product, at) =>
            exponential((rows[Math.floor(at / n)]! + ownSquares[at % n]! - 2 * product) / (2 * spec.width ** 2)),
          )
    const [gram, cross] = [valuesOf(own, ownSquares), valuesOf(across, acrossSquares)]
    const sizes = spec.sizes.filter((size) => kernel !== 'linear' || size <= spec.linearUpTo)
    const largest = Math.max(...sizes)
    const leading = gram.filter((_, at) => at % n < largest && at < n * largest)
    const lower = cholesky(leading, largest)
    const shuffled = permutation(derive(keyOf(spec.seed), 'random labels'), n)
    for (const kind of ['true', 'random'] as const) {
      const labels = kind === 'true' ? train.labels : Int32Array.from(shuffled, (i) => train.labels[i]!)
      for (const size of sizes) {
        const fit = { lower, n: largest, size, labels, classes: examples.classes }
        const weights = dualWeights(fit)
        const outputs = (kernelRows: Float64Array, count: number): readonly Float64Array[] =>
          weights.map((dual) => Float64Array.from({ length: count }, (_, i) => dotOf(kernelRows, i * n, dual, size)))
        const at = { step: 0, series: `${kernel}, ${kind} labels`, item: `${size}` }
        const fitted = outputs(gram, size)
        yield { ...at, quantity: 'largest residual', value: largestResidual(fitted, labels) }
        yield { ...at, quantity: 'test error', value: errorOf(outputs(cross, test.labels.length), test.labels) }
        // ‖w‖² = αᵀKα = α·y, over all classes.
        const squaredNorm = weights.reduce(
          (sum, dual, c) => sum + dual.reduce((part, value, i) => part + (labels[i] === c ? value : 0), 0),
          0,
        )
        yield { ...at, quantity: 'norm', value: Math.sqrt(squaredNorm) }
      }
    }
  }
}

async function* measureToy(set: 'L' | 'M'): AsyncGenerator<QuantityRow> {
  const { train, test } = await toyData(set)
  const m = train.length
  const gram = Float64Array.from({ length: m * m }, (_, at) =>
    train[Math.floor(at / m)]!.x.reduce((sum, value, j) => sum + value * train[at % m]!.x[j]!, 0),
  )
  const dual = solve(
    cholesky(gram, m),
    m,
    m,
    train.map(({ y }) => y),
  )
  const weights = train[0]!.x.map((_, j) => train.reduce((sum, { x }, i) => sum + dual[i]! * x[j]!, 0))
  const common = { name: '', data: set, rule: 'mean', learningRate: 0.1, steps: 1000, every: 1, measure: [] } as const
  const endOf = (model: 'linear' | 'deep-linear', initial: number): Float64Array =>
    [...descend({ ...common, model, initial }, train, 1)].at(-1)!.parameters
  const [linear, deep] = [endOf('linear', 0), endOf('deep-linear', 0.01)]
  const at = { step: 0, series: set }
  for (const [j, value] of weights.entries()) {
    yield { ...at, quantity: 'minimum-norm weight', item: `w${j + 1}`, value }
    yield { ...at, quantity: 'weight by gradient descent', item: `w${j + 1}`, value: linear[j]! }
    yield { ...at, quantity: 'weight by descent of the deep model', item: `w${j + 1}`, value: deep[j]! * deep[6 + j]! }
  }
  const residual = test.y - toyModels.linear.predict(weights, test.x)
  yield { ...at, quantity: 'test loss of the minimum norm', item: '', value: residual ** 2 / 2 }
}

interface Fit {
  readonly lower: Float64Array
  readonly n: number
  readonly size: number
  readonly labels: ArrayLike<number>
  readonly classes: number
}

/** For each class the dual weights of least norm that give 1 to its examples and 0 to the others. */
function dualWeights({ lower, n, size, labels, classes }: Fit): readonly Float64Array[] {
  return Array.from({ length: classes }, (_, c) =>
    solve(
      lower,
      n,
      size,
      Float64Array.from({ length: size }, (__, i) => (labels[i] === c ? 1 : 0)),
    ),
  )
}

function dots(rows: Batch, columns: Batch): Float64Array {
  const [m, n] = [rows.labels.length, columns.labels.length]
  const width = rows.inputs.length / m
  const products = new Float64Array(m * n)
  const [a, b] = [Float64Array.from(rows.inputs), Float64Array.from(columns.inputs)]
  for (let i = 0; i < m; i++) {
    // The columns of an image that are not black: most are.
    const lit: number[] = []
    for (let k = 0; k < width; k++) if (a[i * width + k] !== 0) lit.push(k)
    for (let j = 0; j < n; j++) {
      let sum = 0
      for (const k of lit) sum += a[i * width + k]! * b[j * width + k]!
      products[i * n + j] = sum
    }
  }
  return products
}

function squares({ inputs, labels }: Batch): Float64Array {
  const width = inputs.length / labels.length
  return Float64Array.from({ length: labels.length }, (_, i) =>
    inputs.subarray(i * width, (i + 1) * width).reduce((sum, value) => sum + value ** 2, 0),
  )
}

function dotOf(values: Float64Array, from: number, dual: Float64Array, size: number): number {
  let sum = 0
  for (let i = 0; i < size; i++) sum += values[from + i]! * dual[i]!
  return sum
}

function largestResidual(outputs: readonly Float64Array[], labels: ArrayLike<number>): number {
  return Math.max(
    ...outputs.map((output, c) =>
      output.reduce((most, value, i) => Math.max(most, Math.abs(value - (labels[i] === c ? 1 : 0))), 0),
    ),
  )
}

function errorOf(outputs: readonly Float64Array[], labels: ArrayLike<number>): number {
  const wrong = Array.from(labels, (label, i) => {
    const highest = outputs.reduce((best, output, c) => (output[i]! > outputs[best]![i]! ? c : best), 0)
    return highest === label ? 0 : 1
  })
  return wrong.reduce<number>((sum, each) => sum + each, 0) / labels.length
}
