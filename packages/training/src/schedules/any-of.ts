import type { Schedule, ScheduleState } from './schedule.ts'

/** Due when any of the schedules is; each keeps its own memory. */
export function anyOf(schedules: readonly Schedule[]): Schedule {
  const join = (states: readonly ScheduleState[]): ScheduleState =>
    Object.fromEntries(
      states.flatMap((state, i) => Object.entries(state).map(([key, value]) => [`${i}.${key}`, value] as const)),
    )
  const part = (state: ScheduleState, i: number): ScheduleState =>
    Object.fromEntries(
      Object.entries(state).flatMap(([key, value]) =>
        key.startsWith(`${i}.`) ? [[key.slice(`${i}.`.length), value] as const] : [],
      ),
    )
  return {
    initial: join(schedules.map((schedule) => schedule.initial)),
    next(moment, state) {
      const results = schedules.map((schedule, i) => schedule.next(moment, part(state, i)))
      return { due: results.some((result) => result.due), state: join(results.map((result) => result.state)) }
    },
  }
}
