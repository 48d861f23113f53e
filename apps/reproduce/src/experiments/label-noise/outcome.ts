import type { RunResult } from '../../run-result.ts'

/** The weights that one of a run's evaluations saw: how they do on each split. Accuracies from 0 to 1. */
export interface Moment {
  readonly step: number
  readonly test: number
  /** By the held-out examples' given labels, of which some are wrong: what one can know without clean data. */
  readonly validation: number
  readonly pristine: number
  /** NaN where no label is wrong. */
  readonly corrupt: number
}

/** What became of a run. */
export interface Outcome {
  readonly moments: readonly Moment[]
  readonly end: Moment
  /** Where validation was best, the first time: early stopping, which never looks at the test set. */
  readonly stopped: Moment
  readonly msPerStep: number
}

/** Reads a run's outcome off its tables; undefined where it isn't finished. */
export function outcomeOf(run: RunResult): Outcome | undefined {
  if (!run.done) return undefined
  const at = new Map<number, Record<string, number>>()
  for (const { step, split, population, accuracy } of run.evaluations) {
    const found = at.get(step) ?? {}
    at.set(step, { ...found, [`${split} ${population}`]: accuracy })
  }
  const moments = Array.from(at, ([step, of]): Moment => {
    const whole = of['train all'] ?? Number.NaN
    return {
      step,
      test: of['test all'] ?? Number.NaN,
      validation: of['validation all'] ?? Number.NaN,
      pristine: of['train pristine'] ?? whole,
      corrupt: of['train corrupt'] ?? Number.NaN,
    }
  })
  const [first] = moments
  if (first === undefined) return undefined
  return {
    moments,
    end: moments.at(-1)!,
    stopped: moments.reduce((best, each) => (each.validation > best.validation ? each : best), first),
    msPerStep: msPerStep(run),
  }
}

/** The median over steps between which nothing was measured. */
function msPerStep({ steps, evaluations }: RunResult): number {
  const evaluated = new Set(evaluations.map((row) => row.step))
  const gaps = steps
    .slice(1)
    .flatMap((row, i) => (evaluated.has(steps[i]!.step) ? [] : [row.elapsedMs - steps[i]!.elapsedMs]))
    .toSorted((a, b) => a - b)
  return gaps[gaps.length >> 1] ?? Number.NaN
}
