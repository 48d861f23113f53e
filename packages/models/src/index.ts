export { buildModel } from './build-model.ts'
export { Diagonal } from './diagonal.ts'
export type {
  AlexNetSpec,
  ConvolutionalSpec,
  DeepLinearSpec,
  InceptionSpec,
  Initialisation,
  LinearSpec,
  MlpSpec,
  ModelSpec,
  ResNetSpec,
} from './model-spec.ts'
