import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import {
  anyOf,
  atSteps,
  everyEpoch,
  everyFall,
  everySteps,
  type Moment,
  type Schedule,
  type ScheduleState,
} from '../index.ts'

const kinds: Record<string, () => Schedule> = {
  'everySteps(1)': () => everySteps(1),
  'everySteps(3)': () => everySteps(3),
  everyEpoch,
  'atSteps(1, 5)': () => atSteps([1, 5]),
  'everyFall(1%)': () => everyFall(0.01),
  'everyFall(50%)': () => everyFall(0.5),
  'anyOf none': () => anyOf([]),
  'anyOf several': () => anyOf([everyFall(0.1), everyEpoch(), everyFall(0.3), everySteps(5)]),
  'anyOf nested': () => anyOf([anyOf([everyFall(0.1), everyFall(0.2)]), anyOf([everyEpoch()])]),
}

const anyLoss = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: 0, max: 3, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: -3, max: 0, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 0, 1, Number.NaN, Infinity, 5e-324, 1e300) },
)

/** The moments of a run: batches of `batchSize` examples from a set of `examples`. */
const runs = fc
  .record({
    losses: fc.array(anyLoss, { maxLength: 40 }),
    batchSize: fc.integer({ min: 1, max: 50 }),
    examples: fc.integer({ min: 1, max: 50 }),
  })
  .map(({ losses, batchSize, examples }): Moment[] => [
    { step: 0, epoch: 0, loss: Number.NaN },
    ...losses.map((loss, i) => ({ step: i + 1, epoch: ((i + 1) * batchSize) / examples, loss })),
  ])

/** Freezes what it hands over: a schedule that writes to its state throws. */
function ask(schedule: Schedule, moments: readonly Moment[], through = (state: ScheduleState) => state): boolean[] {
  let state = Object.freeze({ ...schedule.initial })
  return moments.map((moment) => {
    const answer = schedule.next(Object.freeze({ ...moment }), state)
    state = Object.freeze({ ...through(answer.state) })
    return answer.due
  })
}

describe.each(Object.entries(kinds))('%s', (_, make) => {
  test.prop([runs])('gives the same answers to the same moments, from one schedule or two', (moments) => {
    const schedule = make()
    const answers = ask(schedule, moments)
    expect(ask(schedule, moments)).toEqual(answers)
    expect(ask(make(), moments)).toEqual(answers)
  })

  test.prop([runs])('keeps a state that survives JSON', (moments) => {
    const schedule = make()
    const throughJson = (state: ScheduleState): ScheduleState => {
      const back = JSON.parse(JSON.stringify(state)) as ScheduleState
      expect(Object.values(state).every(Number.isFinite)).toBe(true)
      return back
    }
    expect(ask(schedule, moments, throughJson)).toEqual(ask(schedule, moments))
  })
})

describe('everySteps', () => {
  test.prop([runs, fc.integer({ min: 1, max: 9 })])('is due at the multiples of n', (moments, n) => {
    expect(ask(everySteps(n), moments)).toEqual(moments.map(({ step }) => step % n === 0))
  })

  it.each([0, -1, 1.5, Number.NaN, Infinity])('refuses %s', (n) => {
    expect(() => everySteps(n)).toThrow(new RangeError(`everySteps: required a whole number ≥ 1, found ${n}`))
  })
})

describe('everyEpoch', () => {
  test.prop([fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 200 })])(
    'is due once for each epoch, at the first step by which it is complete',
    (batchSize, examples, steps) => {
      const moments = Array.from({ length: steps + 1 }, (_, step) => {
        return { step, epoch: (step * batchSize) / examples, loss: 1 }
      })
      const due = ask(everyEpoch(), moments)
      const epochs = (step: number): number => Math.floor((step * batchSize) / examples)
      expect(due).toEqual(moments.map(({ step }) => step === 0 || epochs(step) > epochs(step - 1)))
      if (batchSize <= examples) expect(due.filter(Boolean)).toHaveLength(1 + epochs(steps))
    },
  )

  it('is due where the example says', () => {
    const moments = Array.from({ length: 11 }, (_, step) => ({ step, epoch: (step * 30) / 100, loss: 1 }))
    expect(ask(everyEpoch(), moments).flatMap((due, step) => (due ? [step] : []))).toEqual([0, 4, 7, 10])
  })
})

describe('everyFall', () => {
  test.prop([runs, fc.double({ min: 0.001, max: 0.9, noNaN: true })])(
    'is due at each fall of at least the fraction below the lowest at which it was due',
    (moments, fraction) => {
      const due = ask(everyFall(fraction), moments)
      let low: number | undefined
      moments.forEach(({ loss }, i) => {
        const fell =
          Number.isFinite(loss) && (low === undefined || (loss < low && loss <= low - fraction * Math.abs(low)))
        expect(due[i], `loss ${loss} after ${low}`).toBe(fell)
        if (fell) low = loss
      })
    },
  )

  test.prop([runs])('is due at losses that fall strictly', (moments) => {
    const due = ask(everyFall(0.01), moments)
    const losses = moments.filter((_, i) => due[i]).map(({ loss }) => loss)
    for (let i = 1; i < losses.length; i++) expect(losses[i]).toBeLessThan(losses[i - 1]!)
  })

  const dueAt = (losses: readonly number[]): number[] => {
    const due = ask(
      everyFall(0.01),
      losses.map((loss, i) => ({ step: i + 1, epoch: 0, loss })),
    )
    return losses.filter((_, i) => due[i])
  }

  it('is due where the example says', () => expect(dueAt([2, 1.99, 1.98, 2.5, 1.9])).toEqual([2, 1.98, 1.9]))
  it('is due once at a loss of 0', () => expect(dueAt([1, 0, 0, 0])).toEqual([1, 0]))
  it('counts a slow fall from the last time it was due', () => {
    expect(dueAt([1, 0.995, 0.992, 0.989, 0.985])).toEqual([1, 0.989])
  })
  it('counts falls below zero by the distance', () => expect(dueAt([-1, -1, -1.005, -1.01])).toEqual([-1, -1.01]))

  it.each([0, 1, -0.1, Number.NaN])('refuses %s', (fraction) => {
    expect(() => everyFall(fraction)).toThrow(
      new RangeError(`everyFall: required a fraction in (0, 1), found ${fraction}`),
    )
  })
})

describe('anyOf', () => {
  const some = fc.array(fc.constantFrom(...Object.values(kinds)), { maxLength: 4 })

  test.prop([runs, some])('is due when any is, each with a memory of its own', (moments, makers) => {
    const apart = makers.map((make) => ask(make(), moments))
    const together = ask(anyOf(makers.map((make) => make())), moments)
    expect(together).toEqual(moments.map((_, i) => apart.some((due) => due[i])))
  })
})

describe('atSteps', () => {
  it('is due at the steps listed and at no other', () => {
    const moments = Array.from({ length: 8 }, (_, step): Moment => ({ step, epoch: step, loss: 1 }))
    expect(ask(atSteps([0, 5]), moments)).toEqual([true, false, false, false, false, true, false, false])
  })

  it.each([-1, 1.5, Number.NaN])('refuses step %d', (bad) => {
    expect(() => atSteps([3, bad])).toThrow(`atSteps: required whole numbers ≥ 0, found ${bad}`)
  })
})
