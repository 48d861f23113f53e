import type { Schedule, ScheduleState } from './schedule.ts'

/**
 * Due when any of the schedules is. Each is asked at every moment and keeps its own memory, under its index: two of a
 * kind don't disturb each other. Never due when there are none.
 *
 * @example
 * const schedule = anyOf([everyEpoch(), everyFall(0.01)])
 */
export function anyOf(schedules: readonly Schedule[]): Schedule {
  return {
    initial: join(schedules.map((schedule) => schedule.initial)),
    next(moment, state) {
      const answers = schedules.map((schedule, i) => schedule.next(moment, part(state, i)))
      return { due: answers.some((answer) => answer.due), state: join(answers.map((answer) => answer.state)) }
    },
  }
}

function join(states: readonly ScheduleState[]): ScheduleState {
  return Object.fromEntries(
    states.flatMap((state, i) => Object.entries(state).map(([key, value]) => [`${i}.${key}`, value] as const)),
  )
}

function part(state: ScheduleState, i: number): ScheduleState {
  const prefix = `${i}.`
  return Object.fromEntries(
    Object.entries(state).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
    ),
  )
}
