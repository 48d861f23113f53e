import type { DataId, KernelBackend, Tensor, TensorInfo } from '@tensorflow/tfjs-core'

/** An attribute of a TensorFlow operation. */
export interface Attribute {
  readonly name: string
  readonly type: number
  readonly value: unknown
}

/** What kernels of our own use of tfjs-node's backend. */
export interface NodeBackend extends KernelBackend {
  readonly isUsingGpuDevice: boolean
  readonly binding: {
    readonly TF_ATTR_TYPE: number
    readonly TF_ATTR_BOOL: number
    readonly TF_FLOAT: number
    readonly TF_INT32: number
    deleteTensor(id: number): void
    createTensor(shape: readonly number[], dtype: number, values: Float32Array | Int32Array): number
    executeOp(
      operation: string,
      attributes: readonly Attribute[],
      inputs: readonly number[],
      outputs: number,
    ): unknown[]
  }
  getDTypeInteger(dtype: string): number
  getInputTensorIds(tensors: readonly TensorInfo[]): number[]
  createOutputTensor(made: unknown): Tensor
  incRef(dataId: DataId): void
  readSync(dataId: DataId): Float32Array | Int32Array
  write(values: Float32Array | Int32Array, shape: readonly number[], dtype: string): DataId
  /** Runs a TensorFlow operation with one result. */
  executeSingleOutput(operation: string, attributes: readonly Attribute[], inputs: readonly TensorInfo[]): Tensor
  executeMultipleOutputs(
    operation: string,
    attributes: readonly Attribute[],
    inputs: readonly TensorInfo[],
    outputs: number,
  ): Tensor[]
}

/** The attribute by which an operation is told the type of what it works on. */
export function typeOf(backend: NodeBackend, { dtype }: { readonly dtype: string }, name = 'T'): Attribute {
  return { name, type: backend.binding.TF_ATTR_TYPE, value: backend.getDTypeInteger(dtype) }
}

/** An attribute that is true or false. */
export function flag(backend: NodeBackend, name: string, value: boolean): Attribute {
  return { name, type: backend.binding.TF_ATTR_BOOL, value }
}
