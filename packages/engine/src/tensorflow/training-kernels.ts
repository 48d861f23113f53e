import { trainingKernelNames as names } from '@coherent-gradients/kernels/tfjs'
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import { countCorrect } from './count-correct.ts'
import type { NodeBackend } from './node-backend.ts'
import { byNumber, elementwise, matMul, reduced, using } from './operations.ts'
import {
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
  softmaxCrossEntropyWithGradient,
} from './softmax-cross-entropy.ts'

/** One call of a kernel. */
interface Call {
  readonly inputs: Readonly<Record<string, TensorInfo>>
  readonly backend: NodeBackend
  readonly attrs?: Readonly<Record<string, number>>
}

/**
 * The kernels of `trainingKernelNames` by as few TensorFlow operations as there are for them: each takes 10 to 20 µs with the
 * way to it, a scalar or a list of axes that is made for it 25 more.
 */
export const trainingKernels: Readonly<Record<string, (call: Call) => TensorInfo | readonly TensorInfo[]>> = {
  [names.denseOutput]({ inputs: { x, kernel, bias }, backend, attrs }) {
    const product = matMul(backend, x!, kernel!)
    const sum = bias == null ? product : using(product, (z) => elementwise(backend, 'BiasAdd', z, bias))
    return attrs?.['rectify'] === 1 ? using(sum, (z) => elementwise(backend, 'Relu', z)) : sum
  },

  [names.denseInputGradient]({ inputs: { dy, kernel, rectified }, backend }) {
    const product = matMul(backend, dy!, kernel!, { transposeB: true })
    return rectified == null ? product : using(product, (dx) => elementwise(backend, 'ReluGrad', dx, rectified))
  },

  [names.reluGradient]: ({ inputs: { dy, x }, backend }) => elementwise(backend, 'ReluGrad', dy!, x!),

  [names.outerProductMean]: ({ inputs: { x, y }, backend }) =>
    using(byNumber(backend, 'RealDiv', y!, x!.shape[0]!), (shares) =>
      matMul(backend, x!, shares, { transposeA: true }),
    ),

  [names.outerProductNorms]: ({ inputs: { x, y }, backend }) =>
    using(reduced(backend, 'EuclideanNorm', x!, [1]), (left) =>
      using(reduced(backend, 'EuclideanNorm', y!, [1]), (right) =>
        using(elementwise(backend, 'Mul', left, right), (norms) => elementwise(backend, 'Square', norms)),
      ),
    ),

  [names.squaredNorms]: ({ inputs: { x }, backend }) => {
    const axes = x!.shape.slice(1).map((_, axis) => axis + 1)
    return using(reduced(backend, 'EuclideanNorm', x!, axes), (norms) => elementwise(backend, 'Square', norms))
  },

  [names.scaledDifference]: ({ inputs: { x, y }, backend, attrs }) => difference(backend, x!, y!, attrs!['scale']!),

  [names.scaledDifferences]({ inputs, backend, attrs }) {
    const made: TensorInfo[] = []
    for (let i = 0; inputs[`x${i}`] !== undefined; i++) {
      made.push(difference(backend, inputs[`x${i}`]!, inputs[`y${i}`]!, attrs!['scale']!))
    }
    return made
  },

  [names.softmaxCrossEntropy]: ({ inputs: { logits, labels }, backend }) =>
    softmaxCrossEntropy(backend, logits!, labels!),

  [names.softmaxCrossEntropyGradient]: ({ inputs: { logits, labels, dy }, backend }) =>
    softmaxCrossEntropyGradient(backend, logits!, labels!, dy!),

  [names.softmaxCrossEntropyWithGradient]: ({ inputs: { logits, labels }, backend }) =>
    softmaxCrossEntropyWithGradient(backend, logits!, labels!),

  [names.countCorrect]: ({ inputs: { outputs, labels }, backend }) => countCorrect(backend, outputs!, labels!),
}

function difference(backend: NodeBackend, x: TensorInfo, y: TensorInfo, scale: number): Tensor {
  return using(byNumber(backend, 'Mul', y, scale), (step) => elementwise(backend, 'Sub', x, step))
}
