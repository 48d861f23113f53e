import { runTrainingKernel } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'

/**
 * x·W + b for x [n, d], W [d, p], b [p], and a ReLU where asked for, by one kernel. Not differentiable: `tf.fused.matMul`
 * would keep four tensors for a gradient that nobody asks for.
 */
export function affine(
  x: Tensor2D,
  w: Tensor2D,
  bias: Tensor1D | undefined,
  activation: 'linear' | 'relu' = 'linear',
): Tensor2D {
  const inputs = bias == null ? { x, kernel: w } : { x, kernel: w, bias }
  const output = runTrainingKernel('denseOutput', inputs, { rectify: Number(activation === 'relu') })
  return (output ?? composed(x, w, bias, activation)) as Tensor2D
}

/** By the kernel under `tf.fused.matMul`, which is made for batches of matrices. */
function composed(x: Tensor2D, w: Tensor2D, bias: Tensor1D | undefined, activation: 'linear' | 'relu'): Tensor {
  return tf.tidy(() => {
    const [a, b] = [tf.reshape(x, [1, ...x.shape]), tf.reshape(w, [1, ...w.shape])]
    const attributes = { transposeA: false, transposeB: false, activation, leakyreluAlpha: 0 }
    const product = tf.engine().runKernel('_FusedMatMul', bias == null ? { a, b } : { a, b, bias }, attributes)
    return tf.reshape(product as Tensor, [x.shape[0], w.shape[1]])
  })
}
