export { quotient, reluGradient, scaledDifference } from './training/elementwise'
export {
  countCorrect,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
  softmaxCrossEntropyWithGradient,
} from './training/softmax-cross-entropy'
export { outerProductNorms, squaredNorms } from './training/squared-norms'
