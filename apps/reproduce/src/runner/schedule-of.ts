import { anyOf, atSteps, everyEpoch, everyFall, everySteps, type Schedule } from '@coherent-gradients/training'
import type { ScheduleSpec } from '../run-spec.ts'

/** The schedule of a spec's list: due when any of them is. */
export function scheduleOf(specs: readonly ScheduleSpec[]): Schedule {
  return anyOf(
    specs.map((spec) => {
      switch (spec.every) {
        case 'listed':
          return atSteps(spec.steps)
        case 'steps':
          return everySteps(spec.n)
        case 'epoch':
          return everyEpoch()
        case 'fall':
          return everyFall(spec.fraction)
      }
    }),
  )
}
