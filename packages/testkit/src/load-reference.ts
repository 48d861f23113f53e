import { readFileSync } from 'node:fs'

/** Numbers in a shape, row-major. */
export interface ReferenceArray {
  readonly shape: readonly number[]
  readonly data: readonly number[]
}

/** One layer of a reference network; `from` names other inputs than the layer before. Keras names and layouts. */
export interface ReferenceLayer {
  readonly name: string
  readonly type:
    | 'dense'
    | 'conv2d'
    | 'batchNormalization'
    | 'layerNormalization'
    | 'embedding'
    | 'activation'
    | 'add'
    | 'flatten'
    | 'maxPooling2d'
    | 'globalAveragePooling1d'
    | 'globalAveragePooling2d'
  readonly units?: number
  readonly filters?: number
  readonly kernelSize?: number
  readonly strides?: number
  readonly padding?: 'same' | 'valid'
  readonly useBias?: boolean
  readonly activation?: 'relu' | 'tanh'
  readonly inputDim?: number
  readonly outputDim?: number
  readonly from?: readonly string[]
}

/**
 * One network at one point, with every example's own gradient in float64 and what follows from them.
 *
 * Index legend: i of m `examples`; p parameters in all, the concatenation of `parameterOrder`.
 * Weights: dense [in, out], convolution [kh, kw, in, out], images NHWC, `same` as TensorFlow pads; batch and layer
 * normalisation with ε = 1e-3, batch normalisation in inference mode. Weight names are `layer/weight`.
 */
export interface Reference {
  readonly name: ReferenceName
  readonly model: readonly ReferenceLayer[]
  readonly inputShape: readonly number[]
  readonly loss: 'softmaxCrossEntropy' | 'halfSquaredError'
  /** m. */
  readonly examples: number
  readonly weights: Readonly<Record<string, ReferenceArray>>
  /** [m, …inputShape] inputs; integer ids where the first layer is an embedding. */
  readonly x: ReferenceArray
  /** [m] class labels, or [m, outputs] targets for `halfSquaredError`. */
  readonly y: ReferenceArray
  /** [m], never averaged. */
  readonly perExampleLoss: ReferenceArray
  /** By weight: [m, …weight shape], example i's own gradient, never divided by m. */
  readonly perExampleGradients: Readonly<Record<string, ReferenceArray>>
  /** The order in which the weights are joined wherever a vector has p elements. */
  readonly parameterOrder: readonly string[]
  readonly expected: {
    /** Σᵢ‖gᵢ‖²/m. */
    readonly meanOfSquaredNorms: number
    /** ‖Σᵢgᵢ/m‖². */
    readonly squaredNormOfMean: number
    /** [m] ‖gᵢ‖². */
    readonly squaredNorms: ReferenceArray
    /** [m, m] gᵢ·gⱼ. */
    readonly gram: ReferenceArray
    readonly alpha: number
    readonly mAlpha: number
    /** (mα − 1)/(m − 1). */
    readonly alphaDebiased: number
    readonly alphaPerParameterTensor: Readonly<Record<string, number>>
    readonly secondMomentPerParameterTensor: Readonly<Record<string, number>>
    readonly meanPairwiseDot: number
    readonly meanGradientDistance: number
    readonly meanPairwiseCosine: number
    readonly gradientDiversity: number
    readonly simpleNoiseScale: number
    /** By count c: [p], each coordinate clipped to its (c+1)-th smallest and largest value, then the mean. */
    readonly winsorized: Readonly<Record<string, ReferenceArray>>
    /** By count c: [p], c values dropped on each side, then the mean. */
    readonly trimmedMean: Readonly<Record<string, ReferenceArray>>
    /** [p]. */
    readonly coordinateMedian: ReferenceArray
    /** [p], the coordinate-wise median of the means of three equal groups of consecutive examples. */
    readonly medianOfMeansOf3: ReferenceArray
    /** Batch normalisation in training mode: consecutive batches, and α imputed from theirs. */
    readonly trainModeBatchNorm?: {
      readonly batchSize: number
      readonly batches: number
      /** [batches, p], each the gradient of its batch's mean loss. */
      readonly batchGradients: ReferenceArray
      readonly alphaOfBatches: number
      readonly alphaImputed: number
    }
  }
}

export type ReferenceName = (typeof referenceNames)[number]

/** The reference networks, from the simplest to the richest. */
export const referenceNames: readonly [
  'linear-regression',
  'mlp-tanh-squared-error',
  'mlp-relu-softmax',
  'conv-same-stride-maxpool',
  'conv-valid-residual',
  'conv-batchnorm',
  'embedding-layernorm',
] = [
  'linear-regression',
  'mlp-tanh-squared-error',
  'mlp-relu-softmax',
  'conv-same-stride-maxpool',
  'conv-valid-residual',
  'conv-batchnorm',
  'embedding-layernorm',
]

/** Reads one reference network. */
export function loadReference(name: ReferenceName): Reference {
  return JSON.parse(readFileSync(new URL(`../reference/${name}.json`, import.meta.url), 'utf8')) as Reference
}
