import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'

/** A loss of one example at a time: never averaged, never summed over examples. */
export interface Loss {
  readonly name: string
  /** `logits` where the loss applies its own softmax or sigmoid, so that a model which ends in one is refused. */
  readonly takes?: 'logits'
  /** [m] each example's loss from the model's output and the labels; differentiable in `output`. */
  perExample(output: Tensor, labels: Tensor): Tensor1D
  /** A shorter way than tfjs's tape to what `perExample` and its gradient give, where the loss knows one. */
  readonly direct?: DirectLoss
}

/**
 * Losses and their gradient at once. Counts only where `perExample` is the loss's own: a loss that copies another's fields and
 * has a `perExample` of its own doesn't go by the other's gradient.
 */
export interface DirectLoss {
  readonly perExample: Loss['perExample']
  /** Undefined where there is no shorter way on the current engine. */
  withGradient(output: Tensor, labels: Tensor): LossWithGradient | undefined
}

/** [m] each example's loss, and the gradient of their sum in the model's output. */
export interface LossWithGradient {
  readonly losses: Tensor1D
  readonly gradient: Tensor
}

/** m examples as tensors. Owned by whoever made them. */
export interface TensorBatch {
  /** [m, …input shape] */
  readonly inputs: Tensor
  /** [m] int32 class labels, or [m, outputs] targets. */
  readonly labels: Tensor
}
