import type { ModelSpec } from './model-spec.ts'
import type { Network } from './network.ts'
import { alexnet } from './networks/alexnet.ts'
import { convolutional } from './networks/convolutional.ts'
import { deepLinear } from './networks/deep-linear.ts'
import { inception } from './networks/inception.ts'
import { linear } from './networks/linear.ts'
import { mlp } from './networks/mlp.ts'
import { resnet } from './networks/resnet.ts'

type SpecOf<Kind> = Extract<ModelSpec, { readonly kind: Kind }>

/** Every kind of network. Adding one is its spec, its file, its test and a line here. */
export const networks: {
  readonly [Kind in ModelSpec['kind']]: Network<Kind extends 'cnn' | 'vgg' ? SpecOf<'cnn' | 'vgg'> : SpecOf<Kind>>
} = { mlp, linear, 'deep-linear': deepLinear, cnn: convolutional, vgg: convolutional, alexnet, inception, resnet }
