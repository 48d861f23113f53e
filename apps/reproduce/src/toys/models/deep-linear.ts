import { named, type ToyModel } from '../toy-model.ts'

const FEATURES = 6

/** y = (w ⊙ u)·x, the model of Example 7. Its parameters are u, then w. */
export const deepLinear: ToyModel = {
  parameters: [...named('u', FEATURES), ...named('w', FEATURES)],
  layers: [...Array.from({ length: FEATURES }, () => 'hidden'), ...Array.from({ length: FEATURES }, () => 'output')],
  predict: (p, x) => x.reduce((sum, value, j) => sum + p[FEATURES + j]! * p[j]! * value, 0),
  slopes: (p, x) => [...x.map((value, j) => p[FEATURES + j]! * value), ...x.map((value, j) => p[j]! * value)],
}
