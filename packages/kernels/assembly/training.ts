export { reluGradient, scaledDifference } from './training/elementwise'
export { countCorrect, softmaxCrossEntropy, softmaxCrossEntropyGradient } from './training/softmax-cross-entropy'
export { squaredNorms } from './training/squared-norms'
