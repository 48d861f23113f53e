/**
 * How a weight starts. Biases, and what normalises by a mean, start at 0; what multiplies, at 1.
 *
 * - `scaled-normal`: N(0, 1) · 2/√(fan_in + fan_out), the authors' own for their dense network.
 * - `he-normal`: N(0, 1) · √(2/fan_in), which keeps the variance through a ReLU (He et al., 2015).
 * - a number: every kernel and bias has this value (0 for the paper's linear model, 0.01 for its deep ones).
 */
export type Initialisation = 'scaled-normal' | 'he-normal' | number

/** What every spec may say. */
interface Initialised {
  readonly initialisation?: Initialisation
}

/** Fully connected ReLU layers of the `hidden` widths and a linear layer of `outputs` logits: the paper's MNIST network. */
export interface MlpSpec extends Initialised {
  readonly kind: 'mlp'
  readonly inputs: number
  readonly hidden: readonly number[]
  /** The share of each hidden layer's outputs that steps with dropout make 0 (Srivastava et al., 2014); none unless said. */
  readonly dropout?: number
  readonly outputs: number
}

/** y = W·x, without bias: Example 1, which starts at 0. */
export interface LinearSpec extends Initialised {
  readonly kind: 'linear'
  readonly inputs: number
  readonly outputs: number
}

/** y = (w ⊙ u)·x: Example 7, which starts at 0.01. */
export interface DeepLinearSpec extends Initialised {
  readonly kind: 'deep-linear'
  readonly inputs: number
}

/** What takes images. */
interface OfImages extends Initialised {
  /** [height, width, channels]. */
  readonly inputShape: readonly [number, number, number]
  readonly outputs: number
}

/** Stages of 3×3 convolutions with ReLU, a 2×2 max-pooling after each, and dense ReLU layers before the logits. */
export interface ConvolutionalSpec extends OfImages {
  /** `vgg` by name, where the stages are deep (Simonyan & Zisserman, 2015); `cnn` else. */
  readonly kind: 'cnn' | 'vgg'
  /** Channels of each convolution, stage by stage: `[[64, 64], [128, 128]]`. */
  readonly stages: readonly (readonly number[])[]
  /** Units of each dense layer before the logits. */
  readonly dense: readonly number[]
}

/**
 * AlexNet (Krizhevsky, 2014, in one column, without dropout and response normalisation): five convolutions, three
 * max-poolings, two dense layers. For images under 64 pixels the first convolution has no stride and all poolings are 2×2.
 */
export interface AlexNetSpec extends OfImages {
  readonly kind: 'alexnet'
  /** Multiplies all channels and units, rounded up; 1 unless said. */
  readonly width?: number
}

/** Inception for small images (Zhang et al., 2017, Appendix A): modules of 1×1 beside 3×3, with batch normalisation. */
export interface InceptionSpec extends OfImages {
  readonly kind: 'inception'
  readonly width?: number
  /** Whether convolutions are followed by batch normalisation; true unless said. */
  readonly batchNormalization?: boolean
}

/** A residual network (He et al., 2016). Images under 64 pixels get a stem of one 3×3 convolution. */
export interface ResNetSpec extends OfImages {
  readonly kind: 'resnet'
  readonly depth: 18 | 34 | 50
  readonly width?: number
  readonly batchNormalization?: boolean
}

/** A network as plain data: it goes into a run's spec, and from it and a key come the same bits on every engine. */
export type ModelSpec =
  | MlpSpec
  | LinearSpec
  | DeepLinearSpec
  | ConvolutionalSpec
  | AlexNetSpec
  | InceptionSpec
  | ResNetSpec
