import type { Aggregator } from '@coherent-gradients/gradients'
import { commonRows } from './common-rows.ts'
import { countedSteps, stepsIn } from './counted-steps.ts'
import { joinedState, partOfState } from './joined-state.ts'
import { settledAt, stepValueAt, stepValueInWords, whyNoStepValue, type StepValue } from './step-value.ts'

/**
 * A rule one of whose numbers follows the step, such as a level of winsorization that grows or shrinks.
 *
 *   g̃ = rule(value(t))(g₁, …, g_m),   t updates made before
 *
 * The value is plain data ({@link StepValue}): `{ from: 0, to: 8, steps: 1000 }` or `{ stairs: [[0, 0], [100, 8]] }`. `rule`
 * makes the same kind of rule of any value on the way; its memory is handed on from one value to the next. Name:
 * `schedule(0→8 in 1000: winsor(8%))`, with the last value's rule. State: the step, until the value settles, and the rule's
 * under `0/`.
 *
 * @throws RangeError when the value isn't one by step, a rule of a value isn't valid, or the rows change with the value.
 * @see "On the Generalization Mystery in Deep Learning", §7, on what c decides.
 *
 * @example
 * schedule({ from: 0, to: 8, steps: 1000 }, (percent) => winsorizedMean({ percent }))
 */
export function schedule(value: StepValue, rule: (value: number) => Aggregator): Aggregator {
  const wrong = whyNoStepValue(value)
  if (wrong !== undefined) throw new RangeError(`schedule: required ${wrong}, found ${JSON.stringify(value)}`)
  const settled = settledAt(value)
  const last = rule(stepValueAt(value, settled))
  return {
    name: `schedule(${stepValueInWords(value)}: ${last.name})`,
    rows: commonRows('schedule', [...valuesToTry(value).map(rule), last]),
    init: (weights) => ({ ...countedSteps(0), ...joinedState([rule(stepValueAt(value, 0)).init(weights)]) }),
    aggregate(stack, state) {
      const made = stepsIn(state)
      const now = made >= settled ? last : rule(stepValueAt(value, made))
      const { gradient, state: next } = now.aggregate(stack, partOfState(state, 0))
      return { gradient, state: { ...countedSteps(Math.min(settled, made + 1)), ...joinedState([next]) } }
    },
  }
}

/** Every stair, or a line's first two values: they show a rule that takes whole numbers only. */
function valuesToTry(value: StepValue): readonly number[] {
  return 'stairs' in value ? value.stairs.map(([, x]) => x) : [stepValueAt(value, 0), stepValueAt(value, 1)]
}
