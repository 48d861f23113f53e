import { engine } from '@tensorflow/tfjs-core'
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import { typeOf, type NodeBackend } from './node-backend.ts'
import { elementwise, reduced, using } from './operations.ts'

/** [m] losses, of logits [m, C] and int32 classes [m] or float32 targets [m, C]. */
export function softmaxCrossEntropy(backend: NodeBackend, logits: TensorInfo, labels: TensorInfo): Tensor {
  const [losses, gradient] = softmaxCrossEntropyWithGradient(backend, logits, labels)
  gradient.dispose()
  return losses
}

/** Their gradient, each example's times its dy. */
export function softmaxCrossEntropyGradient(
  backend: NodeBackend,
  logits: TensorInfo,
  labels: TensorInfo,
  dy: TensorInfo,
): Tensor {
  const [losses, gradient] = softmaxCrossEntropyWithGradient(backend, logits, labels)
  losses.dispose()
  return using(gradient, (rows) => using(asColumn(dy), (column) => elementwise(backend, 'Mul', rows, column)))
}

/**
 * [m] losses and, [m, C] their gradient, by one operation for classes. It refuses a class that isn't there; then its example,
 * alone, gets NaN, as on other engines.
 */
export function softmaxCrossEntropyWithGradient(
  backend: NodeBackend,
  logits: TensorInfo,
  labels: TensorInfo,
): readonly [losses: Tensor, gradient: Tensor] {
  if (labels.dtype !== 'int32') return ofTargets(backend, logits, labels)
  const attributes = [typeOf(backend, logits), typeOf(backend, labels, 'Tlabels')]
  try {
    const made = backend.executeMultipleOutputs('SparseSoftmaxCrossEntropyWithLogits', attributes, [logits, labels], 2)
    return [made[0]!, made[1]!]
  } catch (error) {
    const classes = logits.shape[1]!
    const found = backend.readSync(labels.dataId)
    if (found.every((label) => label >= 0 && label < classes)) throw error
    const values = new Float32Array(found.length * classes)
    for (const [i, label] of found.entries()) {
      const row = values.subarray(i * classes, (i + 1) * classes)
      if (label >= 0 && label < classes) row[label] = 1
      else row.fill(Number.NaN)
    }
    const shape = [found.length, classes]
    const targets: TensorInfo = { dataId: backend.write(values, shape, 'float32'), shape, dtype: 'float32' }
    try {
      return ofTargets(backend, logits, targets)
    } finally {
      backend.disposeData(targets.dataId)
    }
  }
}

/** The operation takes each example's targets to sum to 1; where they don't, the gradient is softmax · their sum − targets. */
function ofTargets(backend: NodeBackend, logits: TensorInfo, targets: TensorInfo): readonly [Tensor, Tensor] {
  const type = [typeOf(backend, logits)]
  const made = backend.executeMultipleOutputs('SoftmaxCrossEntropyWithLogits', type, [logits, targets], 2)
  const gradient = using(made[1]!, (difference) =>
    using(elementwise(backend, 'AddV2', difference, targets), (softmax) =>
      using(reduced(backend, 'Sum', targets, [1], true), (mass) =>
        using(elementwise(backend, 'Mul', softmax, mass), (scaled) => elementwise(backend, 'Sub', scaled, targets)),
      ),
    ),
  )
  return [made[0]!, gradient]
}

function asColumn(x: TensorInfo): Tensor {
  return engine().runKernel('Reshape', { x: x as Tensor }, { shape: [x.shape[0]!, 1] }) as Tensor
}
