import { named, type ToyModel } from '../toy-model.ts'

const FEATURES = 6

/** y = w·x, the model of Example 1. */
export const linear: ToyModel = {
  parameters: named('w', FEATURES),
  layers: Array.from({ length: FEATURES }, () => 'output'),
  predict: (w, x) => x.reduce((sum, value, j) => sum + w[j]! * value, 0),
  slopes: (_, x) => x,
}
