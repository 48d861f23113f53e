import type { Padding } from './channels-last.ts'

/** tfjs's attributes of a convolution and of its gradients. */
export interface ConvolutionAttributes {
  readonly strides: number | [number, number]
  readonly pad: Padding
  readonly dilations?: number | [number, number]
  readonly dataFormat?: 'NHWC' | 'NCHW'
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}
