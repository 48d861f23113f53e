import type { Tensor } from '@tensorflow/tfjs-core'

/**
 * A layer's way forward and back without tfjs's tape, on tensors that the caller's `tf.tidy` frees.
 *
 * Index legend: x the input, z what precedes a ReLU, where there is one.
 */
export interface StraightLayer {
  /** Whether the output is a ReLU's. */
  readonly rectifies: boolean
  forward(x: Tensor): Tensor
  /**
   * The gradient in x from that in z or, where nothing rectifies, in the output. Where `rectified` says that x is itself a
   * ReLU's output, the gradient in what went into that ReLU.
   */
  back(dz: Tensor, x: Tensor, rectified: boolean): Tensor
}
