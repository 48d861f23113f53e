import type { DataId, KernelBackend, Tensor, TensorInfo } from '@tensorflow/tfjs-core'

/** An attribute of a TensorFlow operation. */
export interface Attribute {
  readonly name: string
  readonly type: number
  readonly value: unknown
}

/** What kernels of our own use of tfjs-node's backend. */
export interface NodeBackend extends KernelBackend {
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_ATTR_BOOL: number }
  getDTypeInteger(dtype: string): number
  incRef(dataId: DataId): void
  /** Runs a TensorFlow operation with one result. */
  executeSingleOutput(operation: string, attributes: readonly Attribute[], inputs: readonly TensorInfo[]): Tensor
}

/** The attribute by which an operation is told the type of what it works on. */
export function typeOf(backend: NodeBackend, { dtype }: TensorInfo, name = 'T'): Attribute {
  return { name, type: backend.binding.TF_ATTR_TYPE, value: backend.getDTypeInteger(dtype) }
}
