import type { ScheduleSpec } from '../run-spec.ts'

/** A loss that falls from that of guessing among ten classes to a hundredth falls by this factor. */
const WHOLE_FALL = 230

/**
 * How often a run of so many steps measures by the schedules. Falls of the loss are counted as if it fell all the way to
 * a hundredth, which is more than most runs see.
 *
 * @example
 * timesDue([{ every: 'epoch' }], 100, 20) // 5
 */
export function timesDue(schedules: readonly ScheduleSpec[], steps: number, stepsPerEpoch: number): number {
  const due = new Set<number>()
  let falls = 0
  for (const schedule of schedules) {
    if (schedule.every === 'listed') for (const step of schedule.steps) if (step <= steps) due.add(step)
    if (schedule.every === 'steps') for (let step = schedule.n; step <= steps; step += schedule.n) due.add(step)
    if (schedule.every === 'epoch') for (let k = 1; k * stepsPerEpoch <= steps; k++) due.add(k * stepsPerEpoch)
    if (schedule.every === 'fall') falls = Math.ceil(Math.log(WHOLE_FALL) / -Math.log1p(-schedule.fraction))
  }
  return Math.min(steps + 1, due.size + falls)
}
