import type { Batch, Key } from '@coherent-gradients/core'
import type { Aggregator, Loss } from '@coherent-gradients/gradients'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Moment, Schedule } from './schedules/schedule.ts'
import type { TrainingState } from './training-state.ts'

/** Something to measure along the way, and when. */
export interface Probe<Measurement> {
  /** What its measurements are told under; different for each probe of a run. */
  readonly name: string
  readonly schedule: Schedule
  /** Sees the model after `moment.step` updates, and leaves its weights as they are. */
  measure(model: LayersModel, moment: Moment): Promise<Measurement>
}

export interface TrainingOptions<Measurement = never> {
  /** Trained in place. Weights that aren't trainable stay as they are. */
  readonly model: LayersModel
  readonly loss: Loss
  /** One gradient from each batch's stack; decides whether rows are examples or micro-batches. */
  readonly aggregator: Aggregator
  /** The batch of update `step` + 1, for step = 0, 1, …: a pure function of the step, so that a run can be resumed. */
  readonly batch: (step: number) => Promise<Batch>
  /** Examples in the training set: what makes an epoch. */
  readonly examplesPerEpoch: number
  /** Updates to make, those before `resume` included. */
  readonly steps: number
  /** η, the same at every step. */
  readonly learningRate: number
  /**
   * λ of w ← w(1 − ηλ) − ηg: each step takes the share ηλ off every weight, after the aggregation, so that no rule sees it.
   * Default 0.
   */
  readonly weightDecay?: number
  /**
   * Where Dropout layers draw their masks from, another for each step and example: the same for an example in any batch and
   * order, and by any rule. Dropout is off where it is left out, and always where probes measure.
   */
  readonly dropout?: Key
  /**
   * Bytes of all micro-batches' gradients above which a rule over micro-batches that can fold them does: it then holds only
   * what it needs, and takes longer. Default 256 MiB. The results agree up to the rounding of float32 sums.
   */
  readonly foldAboveBytes?: number
  readonly probes?: readonly Probe<Measurement>[]
  /** Steps between checkpoints, of which the last step is one; none when left out. */
  readonly checkpointEvery?: number
  /** Where to go on from: a checkpoint of a run with the same options. A probe that it doesn't know starts anew. */
  readonly resume?: TrainingState
}

/** Throws a RangeError that names the first option that is out of range, with what was required and found. */
export function refuseBadOptions(options: TrainingOptions<unknown>): void {
  const { steps, examplesPerEpoch, checkpointEvery = 1, learningRate, weightDecay = 0, probes = [], resume } = options
  requireWhole('steps', steps, 0)
  requireWhole('examplesPerEpoch', examplesPerEpoch, 1)
  requireWhole('checkpointEvery', checkpointEvery, 1)
  if (!(Number.isFinite(learningRate) && learningRate >= 0)) {
    throw new RangeError(`train: required a finite learningRate ≥ 0, found ${learningRate}`)
  }
  if (!(Number.isFinite(weightDecay) && weightDecay >= 0 && learningRate * weightDecay < 1)) {
    throw new RangeError(
      `train: required a weightDecay ≥ 0 that times the learningRate stays below 1, found ${weightDecay}`,
    )
  }
  const names = probes.map((probe) => probe.name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) {
    throw new RangeError(`train: required a name of its own for each probe, found ${twice} twice`)
  }
  if (resume) {
    requireWhole('resume.step', resume.step, 0)
    requireWhole('resume.examplesSeen', resume.examplesSeen, 0)
  }
}

function requireWhole(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`train: required ${name} to be a whole number ≥ ${least}, found ${value}`)
  }
}
