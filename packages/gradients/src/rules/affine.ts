import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'

/**
 * x·W + b for x [n, d], W [d, p], b [p], by the kernel under `tf.fused.matMul`. Not differentiable: the operation itself
 * would keep four tensors for a gradient that nobody asks for.
 */
export function affine(x: Tensor2D, w: Tensor2D, bias: Tensor1D | undefined): Tensor2D {
  return tf.tidy(() => {
    // The kernel is made for batches of matrices; TensorFlow's, composed of a product and a sum, takes matrices as they are.
    const batch = tf.getBackend() === 'tensorflow' ? [] : [1]
    const [a, b] = [tf.reshape(x, [...batch, ...x.shape]), tf.reshape(w, [...batch, ...w.shape])]
    const attributes = { transposeA: false, transposeB: false, activation: 'linear', leakyreluAlpha: 0 }
    const product = tf.engine().runKernel('_FusedMatMul', bias == null ? { a, b } : { a, b, bias }, attributes)
    return tf.reshape(product as Tensor, [x.shape[0], w.shape[1]])
  })
}
