import { getKernel, registerKernel, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core'
import { kernelNames } from './kernel-names.ts'
import type { Ranks } from './ranks.ts'
import { trimmedMeanOfFactors } from './trimmed-mean-of-factors.ts'
import { trimmedMeanOfRows } from './trimmed-mean-of-rows.ts'
import { winsorizedMeanOfFactors } from './winsorized-mean-of-factors.ts'
import { winsorizedMeanOfRows } from './winsorized-mean-of-rows.ts'

/** What a kernel needs of its backend. Backends that cannot read synchronously (webgpu) are not for these kernels. */
interface SynchronousBackend {
  readSync(dataId: object): Float32Array
  write(values: Float32Array, shape: number[], dtype: 'float32'): object
}

/**
 * Registers the kernels of {@link kernelNames} with tfjs for a backend that reads and writes synchronously: `cpu`,
 * `wasm`. They can then be run by name: `tf.engine().runKernel(name, inputs, attributes)`. Registering twice changes
 * nothing; the backend needn't be open yet.
 *
 * @example
 * registerKernels('cpu')
 * tf.engine().runKernel(kernelNames.winsorizedMeanOfRows, { rows }, { lowerRank: 8, upperRank: 91 })
 */
export function registerKernels(backendName: string): void {
  const kernels: readonly (readonly [string, KernelFunc])[] = [
    [kernelNames.winsorizedMeanOfRows, onRows(winsorizedMeanOfRows)],
    [kernelNames.winsorizedMeanOfFactors, onFactors(winsorizedMeanOfFactors)],
    [kernelNames.trimmedMeanOfRows, onRows(trimmedMeanOfRows)],
    [kernelNames.trimmedMeanOfFactors, onFactors(trimmedMeanOfFactors)],
  ]
  for (const [kernelName, kernelFunc] of kernels) {
    if (getKernel(kernelName, backendName) === undefined) registerKernel({ kernelName, backendName, kernelFunc })
  }
}

function onRows(kernel: typeof winsorizedMeanOfRows): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const matrix = matrixOf(inputs['rows'], 'rows')
    const [rows, columns] = matrix.shape
    const result = kernel({ values: read(backend, matrix), rows, columns }, ranksOf(attrs))
    return write(backend, result, [columns])
  }
}

function onFactors(kernel: typeof winsorizedMeanOfFactors): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const activations = matrixOf(inputs['activations'], 'activations')
    const deltas = matrixOf(inputs['deltas'], 'deltas')
    const [rows, width] = activations.shape
    const outputs = deltas.shape[1]
    const result = kernel(
      { activations: read(backend, activations), deltas: read(backend, deltas), rows, inputs: width, outputs },
      ranksOf(attrs),
    )
    return write(backend, result, [width, outputs])
  }
}

function read(backend: object, { dataId }: { dataId: object }): Float32Array {
  return (backend as SynchronousBackend).readSync(dataId)
}

function write(backend: object, values: Float32Array, shape: number[]): TensorInfo {
  return { dataId: (backend as SynchronousBackend).write(values, shape, 'float32'), shape, dtype: 'float32' }
}

function matrixOf(input: TensorInfo | undefined, name: string): { dataId: object; shape: [number, number] } {
  if (input?.dtype !== 'float32' || input.shape.length !== 2) {
    throw new TypeError(
      `required a float32 matrix as "${name}", found ${input === undefined ? 'none' : `${input.dtype} [${input.shape}]`}`,
    )
  }
  return { dataId: input.dataId, shape: [input.shape[0]!, input.shape[1]!] }
}

function ranksOf(attrs: Readonly<Record<string, unknown>> | undefined): Ranks {
  return { lower: Number(attrs?.['lowerRank']), upper: Number(attrs?.['upperRank']) }
}
