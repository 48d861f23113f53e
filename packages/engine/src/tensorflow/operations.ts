import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import { constant } from './constant.ts'
import { flag, typeOf, type NodeBackend } from './node-backend.ts'

/** A product of two matrices. */
export function matMul(
  backend: NodeBackend,
  a: TensorInfo,
  b: TensorInfo,
  { transposeA = false, transposeB = false }: { readonly transposeA?: boolean; readonly transposeB?: boolean } = {},
): Tensor {
  const attributes = [
    typeOf(backend, a),
    flag(backend, 'transpose_a', transposeA),
    flag(backend, 'transpose_b', transposeB),
  ]
  return backend.executeSingleOutput('MatMul', attributes, [a, b])
}

/** An operation on tensors of one type that has no other attribute. */
export function elementwise(backend: NodeBackend, operation: string, ...inputs: readonly TensorInfo[]): Tensor {
  return backend.executeSingleOutput(operation, [typeOf(backend, inputs[0]!)], inputs)
}

/** `Mul` or `RealDiv` of a float32 tensor and a number. */
export function byNumber(backend: NodeBackend, operation: 'Mul' | 'RealDiv', x: TensorInfo, value: number): Tensor {
  const [id] = backend.getInputTensorIds([x])
  const [made] = backend.binding.executeOp(operation, [typeOf(backend, x)], [id!, constant(backend, value)], 1)
  return backend.createOutputTensor(made)
}

/** A reduction over axes. */
export function reduced(
  backend: NodeBackend,
  operation: 'EuclideanNorm' | 'Mean' | 'Sum',
  x: TensorInfo,
  axes: readonly number[],
  keepDims = false,
): Tensor {
  const [id] = backend.getInputTensorIds([x])
  const attributes = [
    flag(backend, 'keep_dims', keepDims),
    typeOf(backend, x),
    typeOf(backend, { dtype: 'int32' }, 'Tidx'),
  ]
  const [made] = backend.binding.executeOp(operation, attributes, [id!, constant(backend, axes)], 1)
  return backend.createOutputTensor(made)
}

/** What `then` makes of a tensor that is freed afterwards. */
export function using<T>(tensor: Tensor, then: (tensor: Tensor) => T): T {
  try {
    return then(tensor)
  } finally {
    tensor.dispose()
  }
}
