import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'

/** A loss of one example at a time: never averaged, never summed over examples. */
export interface Loss {
  readonly name: string
  /** `logits` where the loss applies its own softmax or sigmoid, so that a model which ends in one is refused. */
  readonly takes?: 'logits'
  /** [m] each example's loss from the model's output and the labels; differentiable in `output`. */
  perExample(output: Tensor, labels: Tensor): Tensor1D
}

/** m examples as tensors. Owned by whoever made them. */
export interface TensorBatch {
  /** [m, …input shape] */
  readonly inputs: Tensor
  /** [m] int32 class labels, or [m, outputs] targets. */
  readonly labels: Tensor
}
