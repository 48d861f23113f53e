import type { Descent } from '../../specs/descent-spec.ts'
import type { ToyModel } from '../toy-model.ts'
import { deepLinear } from './deep-linear.ts'
import { linear } from './linear.ts'
import { twoNeurons } from './two-neurons.ts'

/** The models of the worked examples, by their name in a spec. */
export const toyModels: Readonly<Record<Descent['model'], ToyModel>> = {
  linear,
  'deep-linear': deepLinear,
  'two-neurons': twoNeurons,
}
