import { getKernel, registerKernel, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core'
import { checkFactorsFinite } from './check-factors-finite.ts'
import { kernelNames } from './kernel-names.ts'
import { openOrderStatistics, type ConsumingOrderStatistics } from './open-order-statistics.ts'
import type { PlacedOrderStatistics } from './order-statistics-in.ts'
import type { Ranks } from './ranks.ts'
import { reduceFormed } from './reduce-formed.ts'
import { aroundMedian, trimmed, winsorized, type Statistic } from './statistic.ts'
import { kernelThreadCount, setKernelThreadCount } from './threads/kernel-thread-count.ts'

/** What a kernel needs of its backend. Backends that cannot read synchronously (webgpu) are not for these kernels. */
interface SynchronousBackend {
  readSync(dataId: object): Float32Array
  write(values: Float32Array, shape: number[], dtype: 'float32'): object
  /** Where tensors lie in a memory of their own (wasm): a view of one, and a new one. */
  typedArrayFromHeap?(tensor: TensorInfo): Float32Array
  makeOutput?(shape: number[], dtype: 'float32'): TensorInfo
}

/** A memory in which a backend keeps its tensors, and the kernels over it. */
export interface TensorPlaces {
  readonly statistics: PlacedOrderStatistics
  /** Where a tensor's numbers begin. */
  addressOf(tensor: TensorInfo): number
  /** A tensor whose numbers `fill` writes; freed where it throws. */
  filled(shape: readonly number[], fill: (address: number) => void): TensorInfo
  view(address: number, length: number): Float32Array
  /** At least that many bytes to work in, until the next tensor is made. */
  scratch(bytes: number): number
}

export interface RegisterKernelsOptions {
  /** For a backend with its tensors in a memory: kernels work there, without copies. Undefined where they can't. */
  readonly placesOf?: (backend: object) => TensorPlaces | undefined
}

let opened: ConsumingOrderStatistics | undefined

/**
 * Sets over how many threads the registered kernels, and the products of engine `wasm`, spread their work, in this thread,
 * from now on: for a process that makes several runs at once. Results don't depend on it. Default: as many as cores, at
 * most 4.
 *
 * @throws RangeError for anything but a whole number ≥ 1.
 */
export function setKernelThreads(threads: number): void {
  if (!Number.isInteger(threads) || threads < 1) {
    throw new RangeError(`setKernelThreads: required a whole number of threads ≥ 1, found ${threads}`)
  }
  opened?.close()
  opened = undefined
  setKernelThreadCount(threads)
}

/** What the registered kernels run on, for a description of the engine: `2 threads`. */
export function kernelThreads(): string {
  return statistics().description
}

function statistics(): ConsumingOrderStatistics {
  opened ??= openOrderStatistics({ threads: kernelThreadCount() })
  return opened
}

/**
 * Registers the kernels of {@link kernelNames} with tfjs for a backend that reads and writes synchronously: `cpu`, `wasm`,
 * `tensorflow`. They can then be run by name: `tf.engine().runKernel(name, inputs, attributes)`. They are SIMD on several
 * threads (see `openOrderStatistics`), whatever the backend. Registering twice changes nothing; the backend needn't be open
 * or known to tfjs yet.
 *
 * @throws RangeError for `webgpu`, which reads asynchronously.
 *
 * @example
 * registerKernels('cpu')
 * tf.engine().runKernel(kernelNames.winsorizedMeanOfRows, { rows }, { lowerRank: 8, upperRank: 91 })
 */
export function registerKernels(backendName: string, { placesOf }: RegisterKernelsOptions = {}): void {
  if (backendName === 'webgpu') {
    throw new RangeError(
      'registerKernels: required a backend that reads synchronously (cpu, wasm, tensorflow), found webgpu, which reads ' +
        'asynchronously: read its tensors with data(), and call openOrderStatistics',
    )
  }
  const kernels: readonly (readonly [string, KernelFunc])[] = [
    [kernelNames.winsorizedMeanOfRows, onRows(winsorized, placesOf)],
    [kernelNames.winsorizedMeanOfFactors, onFactors(winsorized, placesOf)],
    [kernelNames.trimmedMeanOfRows, onRows(trimmed, placesOf)],
    [kernelNames.trimmedMeanOfFactors, onFactors(trimmed, placesOf)],
    [kernelNames.meanAroundMedianOfRows, onRows(aroundMedian, placesOf)],
    [kernelNames.meanAroundMedianOfFactors, onFactors(aroundMedian, placesOf)],
  ]
  for (const [kernelName, kernelFunc] of kernels) {
    if (getKernel(kernelName, backendName) === undefined) registerKernel({ kernelName, backendName, kernelFunc })
  }
}

type PlacesOf = RegisterKernelsOptions['placesOf']

function onRows(statistic: Statistic, placesOf: PlacesOf): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const matrix = matrixOf(inputs['rows'], 'rows')
    const ranks = ranksOf(attrs)
    const places = placesOf?.(backend)
    if (places !== undefined) return rowsInPlace(places, statistic, matrix, ranks)
    const [rows, columns] = matrix.shape
    const stack = { values: read(backend, matrix), rows, columns }
    return statistics().ofRows(statistic, stack, ranks, (result) => write(backend, result, [columns]))
  }
}

function rowsInPlace(places: TensorPlaces, statistic: Statistic, matrix: Matrix, ranks: Ranks): TensorInfo {
  const [rows, columns] = matrix.shape
  return places.filled([columns], (result) => {
    const scratch = places.scratch(places.statistics.bytesForRows({ rows, columns }))
    const values = places.addressOf(matrix)
    if (places.statistics.ofRows(statistic, { values, rows, columns }, ranks, { result, scratch })) return
    // The plain kernel finds the row and says so.
    reduceFormed({ values: places.view(values, rows * columns), rows, columns }, ranks, statistic)
  })
}

function onFactors(statistic: Statistic, placesOf: PlacesOf): KernelFunc {
  return (call) => {
    const activations = matrixOf(call.inputs['activations'], 'activations')
    const deltas = matrixOf(call.inputs['deltas'], 'deltas')
    const ranks = ranksOf(call.attrs)
    const [rows, inputs] = activations.shape
    const [others, outputs] = deltas.shape
    const places = placesOf?.(call.backend)
    if (places !== undefined && others === rows) return factorsInPlace(places, statistic, activations, deltas, ranks)
    const factors = { activations: read(call.backend, activations), deltas: read(call.backend, deltas) }
    const stack = { ...factors, rows, inputs, outputs }
    return statistics().ofFactors(statistic, stack, ranks, (result) => write(call.backend, result, [inputs, outputs]))
  }
}

function factorsInPlace(
  places: TensorPlaces,
  statistic: Statistic,
  activations: Matrix,
  deltas: Matrix,
  ranks: Ranks,
): TensorInfo {
  const sizes = { rows: activations.shape[0], inputs: activations.shape[1], outputs: deltas.shape[1] }
  return places.filled([sizes.inputs, sizes.outputs], (result) => {
    const scratch = places.scratch(places.statistics.bytesForFactors(sizes))
    const at = { activations: places.addressOf(activations), deltas: places.addressOf(deltas) }
    if (places.statistics.ofFactors(statistic, { ...at, ...sizes }, ranks, { result, scratch })) return
    const view = (tensor: Matrix): Float32Array =>
      places.view(places.addressOf(tensor), tensor.shape[0] * tensor.shape[1])
    checkFactorsFinite(statistic.name, { ...sizes, activations: view(activations), deltas: view(deltas) })
  })
}

/** A tensor's numbers, not copied where the backend lets them be seen. */
function read(backend: object, tensor: Matrix): Float32Array {
  const synchronous = backend as SynchronousBackend
  return synchronous.typedArrayFromHeap?.(tensor) ?? synchronous.readSync(tensor.dataId)
}

/** A tensor of numbers that are valid now only. A backend may keep the array that it is given, unless it has a memory. */
function write(backend: object, values: Float32Array, shape: number[]): TensorInfo {
  const synchronous = backend as SynchronousBackend
  if (synchronous.typedArrayFromHeap !== undefined && synchronous.makeOutput !== undefined) {
    const output = synchronous.makeOutput(shape, 'float32')
    synchronous.typedArrayFromHeap(output).set(values)
    return output
  }
  return { dataId: synchronous.write(new Float32Array(values), shape, 'float32'), shape, dtype: 'float32' }
}

interface Matrix extends TensorInfo {
  shape: [number, number]
  dtype: 'float32'
}

function matrixOf(input: TensorInfo | undefined, name: string): Matrix {
  if (input?.dtype !== 'float32' || input.shape.length !== 2) {
    throw new TypeError(
      `required a float32 matrix as "${name}", found ${input === undefined ? 'none' : `${input.dtype} [${input.shape}]`}`,
    )
  }
  return { dataId: input.dataId, shape: [input.shape[0]!, input.shape[1]!], dtype: 'float32' }
}

function ranksOf(attrs: Readonly<Record<string, unknown>> | undefined): Ranks {
  return { lower: Number(attrs?.['lowerRank']), upper: Number(attrs?.['upperRank']) }
}
