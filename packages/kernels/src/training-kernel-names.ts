/**
 * Names of the kernels that a training step runs where the backend has them.
 *
 * | kernel | inputs | attributes | output |
 * |---|---|---|---|
 * | `SquaredNorms` | `x` [m, …] | | [m] Σ x² of each row |
 * | `OuterProductNorms` | `x` [m, d], `y` [m, p] | | [m] ‖xᵢ‖²·‖yᵢ‖² |
 * | `OuterProductMean` | `x` [m, d], `y` [m, p] | | [d, p] (1/m) Σᵢ xᵢ ⊗ yᵢ |
 * | `ScaledDifference` | `x`, `y` of one shape | `scale` | x − y·scale |
 * | `ScaledDifferences` | `x0`, `y0`, `x1`, `y1`, … | `scale` | x0 − y0·scale, x1 − y1·scale, … |
 * | `ReluGradient` | `dy`, `x` of one shape | | dy where x > 0, else 0 |
 * | `DenseOutput` | `x` [m, d], `kernel` [d, p], `bias` [p] or none | `rectify` 0 or 1 | [m, p] x·kernel + bias, 1: and a ReLU |
 * | `DenseInputGradient` | `dy` [m, p], `kernel` [d, p], `rectified` [m, d] or none | | [m, d] dy·kernelᵀ, where `rectified` > 0, else 0 |
 * | `SoftmaxCrossEntropy` | `logits` [m, C], `labels` | | [m] losses |
 * | `SoftmaxCrossEntropyGradient` | `logits` [m, C], `labels`, `dy` [m] | | [m, C] |
 * | `SoftmaxCrossEntropyWithGradient` | `logits` [m, C], `labels` | | [m] losses, [m, C] their gradient |
 * | `CountCorrect` | `outputs` [m, C], `labels` [m] int32 | | int32 scalar |
 *
 * Index legend: m examples, C classes, d inputs, p outputs. All float32, but for `labels`: int32 classes [m], or float32 targets [m, C].
 */
export const trainingKernelNames = {
  squaredNorms: 'SquaredNorms',
  outerProductNorms: 'OuterProductNorms',
  outerProductMean: 'OuterProductMean',
  scaledDifference: 'ScaledDifference',
  scaledDifferences: 'ScaledDifferences',
  reluGradient: 'ReluGradient',
  denseOutput: 'DenseOutput',
  denseInputGradient: 'DenseInputGradient',
  softmaxCrossEntropy: 'SoftmaxCrossEntropy',
  softmaxCrossEntropyGradient: 'SoftmaxCrossEntropyGradient',
  softmaxCrossEntropyWithGradient: 'SoftmaxCrossEntropyWithGradient',
  countCorrect: 'CountCorrect',
} as const
