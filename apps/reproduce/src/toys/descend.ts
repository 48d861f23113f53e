import { keyOf } from '@coherent-gradients/core'
import { batchSchedule } from '@coherent-gradients/datasets'
import type { Descent } from '../specs/descent-spec.ts'
import { combineRows } from './combine-rows.ts'
import { toyModels } from './models/index.ts'
import type { ToyExample } from './toy-data.ts'

/** Where a descent is, before its next step. */
export interface DescentState {
  readonly step: number
  readonly parameters: Float64Array
  /** Every training example's own gradient, of ½(y − prediction)². */
  readonly rows: readonly (readonly number[])[]
  /** What the rule makes of the rows of this step's batch. */
  readonly gradient: ArrayLike<number>
}

/** Gradient descent on a toy problem, from the first weights to the last: `steps` + 1 states. */
export function* descend(descent: Descent, train: readonly ToyExample[], seed: number): Generator<DescentState> {
  const model = toyModels[descent.model]
  const { rule, batchSize = train.length, learningRate, steps, initial, except = {} } = descent
  const parameters = Float64Array.from(model.parameters, (name) => except[name] ?? initial)
  const schedule = batchSchedule(Uint32Array.from(train.keys()), { key: keyOf(seed), batchSize })
  for (let step = 0; step <= steps; step++) {
    const rows = train.map(({ x, y }) => {
      const residual = y - model.predict(parameters, x)
      return model.slopes(parameters, x).map((slope) => -residual * slope)
    })
    const gradient = combineRows(
      rule,
      batchSize === train.length ? rows : [...schedule.batchIds(step)].map((i) => rows[i]!),
    )
    yield { step, parameters: parameters.slice(), rows, gradient }
    for (let j = 0; j < parameters.length; j++) parameters[j]! -= learningRate * gradient[j]!
  }
}
