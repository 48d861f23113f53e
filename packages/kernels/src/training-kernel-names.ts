/**
 * Names of the kernels that a training step runs where the backend has them.
 *
 * | kernel | inputs | attributes | output |
 * |---|---|---|---|
 * | `SquaredNorms` | `x` [m, …] | | [m] Σ x² of each row |
 * | `ScaledDifference` | `x`, `y` of one shape | `scale` | x − y·scale |
 * | `ReluGradient` | `dy`, `x` of one shape | | dy where x > 0, else 0 |
 * | `SoftmaxCrossEntropy` | `logits` [m, C], `labels` | | [m] losses |
 * | `SoftmaxCrossEntropyGradient` | `logits` [m, C], `labels`, `dy` [m] | | [m, C] |
 * | `CountCorrect` | `outputs` [m, C], `labels` [m] int32 | | int32 scalar |
 *
 * Index legend: m examples, C classes. All float32, but for `labels`: int32 classes [m], or float32 targets [m, C].
 */
export const trainingKernelNames = {
  squaredNorms: 'SquaredNorms',
  scaledDifference: 'ScaledDifference',
  reluGradient: 'ReluGradient',
  softmaxCrossEntropy: 'SoftmaxCrossEntropy',
  softmaxCrossEntropyGradient: 'SoftmaxCrossEntropyGradient',
  countCorrect: 'CountCorrect',
} as const
