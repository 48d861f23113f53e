import type { RunSpec, TrainingSpec } from '../run-spec.ts'
import type { RunProgress } from '../runner/run-progress.ts'
import { timesDue } from './times-due.ts'

/** What a trial run told, and when: milliseconds from its process's start, by its own clock. */
export interface Told {
  readonly at: number
  readonly progress: RunProgress
}

/** Milliseconds that runs of one kind take, as a trial of one of them has shown. */
export interface CostOfKind {
  /** To open the engine, read the data and build the network. */
  readonly startMs: number
  readonly stepMs: number
  /** For each moment that it is measured at: over all splits and populations. */
  readonly evaluationMs: number
  readonly coherenceMs: number
  readonly stepsPerEpoch: number
  /** All of the run that was tried: what counts where it isn't a training. */
  readonly wholeMs: number
}

/**
 * The cost of a kind out of what its trial told: each piece of progress accounts for the time since the one before.
 *
 * @param ended when the trial ended, or was stopped.
 * @param finished whether it ended by itself.
 * @param steps those that a whole run makes; undefined where it isn't made of steps.
 */
export function costOfKind(
  told: readonly Told[],
  { ended, finished, steps }: { readonly ended: number; readonly finished: boolean; readonly steps?: number },
): CostOfKind {
  const spent = { step: 0, evaluation: 0, coherence: 0 }
  const started = told.find(({ progress }) => progress.kind === 'started')?.at ?? ended
  let [before, counted, last, first, stepsPerEpoch] = [started, 0, 0, true, Infinity]
  for (const { at, progress } of told) {
    if (progress.kind === 'step') {
      last = progress.step
      if (progress.epoch !== undefined && progress.epoch > 0) stepsPerEpoch = progress.step / progress.epoch
      // The first step compiles what the others reuse.
      if (!first) {
        spent.step += at - before
        counted++
      }
      first = false
    }
    if (progress.kind === 'evaluation' || progress.kind === 'coherence') spent[progress.kind] += at - before
    before = Math.max(before, at)
  }
  const stepMs = counted === 0 ? ended - started : spent.step / counted
  const whole = finished || last === 0 || steps === undefined ? ended : started + ((ended - started) / last) * steps
  const measured = { evaluationMs: spent.evaluation, coherenceMs: spent.coherence }
  return { startMs: started, stepMs, ...measured, stepsPerEpoch, wholeMs: whole }
}

/** Milliseconds of a run of which `left` of 1 is yet to be made. */
export function costOfRun(spec: RunSpec, cost: CostOfKind, left: number): number {
  if (spec.task !== undefined) return cost.wholeMs
  const { training, measure } = spec satisfies TrainingSpec
  const due = (schedules: TrainingSpec['measure']['evaluate']): number =>
    timesDue(schedules, training.steps, cost.stepsPerEpoch)
  const steps = training.steps * cost.stepMs
  const measured = due(measure.evaluate) * cost.evaluationMs + due(measure.coherence) * cost.coherenceMs
  return cost.startMs + left * (steps + measured)
}
