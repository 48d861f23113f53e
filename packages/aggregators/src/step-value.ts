/**
 * A number that follows the step, as plain data: along a line from one value to another within so many steps and constant
 * from then on, or by stairs, each value from its step on. Steps count updates from 0.
 */
export type StepValue =
  | { readonly from: number; readonly to: number; readonly steps: number }
  | { readonly stairs: readonly (readonly [step: number, value: number])[] }

/** The value that holds for the update after `step` ones. */
export function stepValueAt(value: StepValue, step: number): number {
  if ('stairs' in value) return value.stairs.findLast(([from]) => from <= step)![1]
  const { from, to, steps } = value
  return step >= steps ? to : from + ((to - from) * step) / steps
}

/** The first step from which the value stays as it is. */
export function settledAt(value: StepValue): number {
  return 'stairs' in value ? value.stairs.at(-1)![0] : value.steps
}

/** Why something is no {@link StepValue}, as what is required; undefined where it is one. */
export function whyNoStepValue(value: unknown): string | undefined {
  const required = 'a value by step: { from, to, steps } or { stairs: [[0, value], [step, value], …] }'
  if (typeof value !== 'object' || value === null) return required
  const { stairs, from, to, steps } = value as Record<string, unknown>
  const whole = (x: unknown): x is number => Number.isSafeInteger(x) && (x as number) >= 0
  if (stairs === undefined) {
    const known = Object.keys(value).every((key) => ['from', 'to', 'steps'].includes(key))
    return known && Number.isFinite(from) && Number.isFinite(to) && whole(steps) && steps > 0 ? undefined : required
  }
  if (Object.keys(value).length > 1 || !Array.isArray(stairs) || stairs.length === 0) return required
  const isStair = (stair: unknown): boolean =>
    Array.isArray(stair) && stair.length === 2 && whole(stair[0]) && Number.isFinite(stair[1])
  if (!stairs.every(isStair)) return required
  const at = stairs.map(([step]: number[]) => step!)
  const rising = at[0] === 0 && at.every((step, i) => i === 0 || step > at[i - 1]!)
  return rising ? undefined : `${required}, steps rising from 0`
}

/** `0→8 in 1000`, or `0, 2 from 100`. */
export function stepValueInWords(value: StepValue): string {
  if ('stairs' in value)
    return value.stairs.map(([step, x]) => (step === 0 ? String(x) : `${x} from ${step}`)).join(', ')
  return `${value.from}→${value.to} in ${value.steps}`
}
