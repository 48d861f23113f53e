import type { Batch } from '@coherent-gradients/core'
import {
  microBatchGradients,
  perExampleGradients,
  trainableWeights,
  type Aggregator,
  type AggregatorState,
  type GradientStack,
  type Loss,
  type TensorBatch,
} from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { Variable } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { countCorrect } from './count-correct.ts'
import type { Moment, Schedule, ScheduleState } from './schedules/schedule.ts'
import { restoreTensors, storeTensors } from './stored-tensors.ts'
import { tensorBatch } from './tensor-batch.ts'
import type { TrainingEvent } from './training-event.ts'
import type { TrainingState } from './training-state.ts'

/** Something to measure along the way, and when. `measure` sees the model after `moment.step` updates. */
export interface Probe<Measurement> {
  readonly name: string
  readonly schedule: Schedule
  measure(model: LayersModel, moment: Moment): Promise<Measurement>
}

export interface TrainingOptions<Measurement = never> {
  readonly model: LayersModel
  readonly loss: Loss
  /** One gradient from each batch's stack; decides whether rows are examples or micro-batches. */
  readonly aggregator: Aggregator
  /** The batch of update `step` + 1, for step = 0, 1, …: a pure function of the step, so that a run can be resumed. */
  readonly batch: (step: number) => Promise<Batch>
  /** Examples in the training set: what makes an epoch. */
  readonly examplesPerEpoch: number
  readonly steps: number
  readonly learningRate: number
  readonly probes?: readonly Probe<Measurement>[]
  /** Steps between checkpoints; none when left out. */
  readonly checkpointEvery?: number
  /** Where to go on from. */
  readonly resume?: TrainingState
}

/**
 * Trains by (stochastic) gradient descent with any aggregator, and tells what happens as typed events.
 *
 *   w ← w − η · aggregate(g₁, …, g_m)
 *
 * The aggregate has the scale of a mean over rows, so `learningRate` means what it means in SGD. Nothing runs while the
 * consumer holds an event: leaving the `for await` loop stops the training between two updates. The model is trained in
 * place; batches and gradients are disposed of.
 *
 * At each step: `step`, then `measurement`s of the probes that are due at the new weights, then `checkpoint` when due.
 * Before the first update, and not on resuming, the probes are asked about step 0.
 *
 * @throws RangeError when `steps`, `learningRate` or `examplesPerEpoch` is out of range, or the state to resume from
 *   doesn't fit the model.
 * @see §2 of the paper for the update, §7 for what may stand in the mean's place.
 */
export async function* train<Measurement = never>(
  options: TrainingOptions<Measurement>,
): AsyncGenerator<TrainingEvent<Measurement>, void, undefined> {
  refuseBadOptions(options)
  const { model, aggregator, steps, learningRate, examplesPerEpoch, probes = [], checkpointEvery, resume } = options
  const variables = new Map(trainableWeights(model).map((weight) => [weight.name, weight.variable]))
  let aggregatorState: AggregatorState
  const schedules = new Map<string, ScheduleState>()
  if (resume) {
    restoreWeights(variables, resume)
    aggregatorState = restoreTensors(resume.aggregator)
    for (const probe of probes) schedules.set(probe.name, resume.schedules[probe.name] ?? probe.schedule.initial)
  } else {
    aggregatorState = aggregator.init(trainableWeights(model))
    for (const probe of probes) schedules.set(probe.name, probe.schedule.initial)
  }

  async function* measure(moment: Moment): AsyncGenerator<TrainingEvent<Measurement>, void, undefined> {
    for (const probe of probes) {
      const { due, state } = probe.schedule.next(moment, schedules.get(probe.name)!)
      schedules.set(probe.name, state)
      if (!due) continue
      const value = await probe.measure(model, moment)
      yield { kind: 'measurement', probe: probe.name, step: moment.step, epoch: moment.epoch, value }
    }
  }

  try {
    let seen = resume?.examplesSeen ?? 0
    let step = resume?.step ?? 0
    if (!resume) yield* measure({ step: 0, epoch: 0, loss: Number.NaN })
    while (step < steps) {
      const batch = await options.batch(step)
      const tensors = tensorBatch(batch)
      const counted = countCorrect(options.loss)
      let stack: GradientStack | undefined
      let loss: number
      let accuracy: number
      try {
        stack = gradientsOf(model, counted.loss, tensors, aggregator)
        loss = meanOf(await stack.losses.data())
        accuracy = (await counted.count()) / batch.ids.length
        if (!Number.isFinite(loss)) {
          yield { kind: 'diverged', step, epoch: seen / examplesPerEpoch, loss }
          return
        }
        const { gradient, state } = aggregator.aggregate(stack, aggregatorState)
        descend(variables, gradient, learningRate)
        tf.dispose(gradient)
        tf.dispose({ ...aggregatorState })
        aggregatorState = state
      } finally {
        stack?.dispose()
        tf.dispose([tensors.inputs, tensors.labels])
      }
      step++
      seen += batch.ids.length
      const epoch = seen / examplesPerEpoch
      yield { kind: 'step', step, epoch, loss, accuracy, learningRate }
      yield* measure({ step, epoch, loss })
      if (checkpointEvery !== undefined && (step % checkpointEvery === 0 || step === steps)) {
        const weights = await storeTensors(Object.fromEntries(variables))
        const aggregatorTensors = await storeTensors(aggregatorState)
        const state = {
          step,
          examplesSeen: seen,
          weights,
          aggregator: aggregatorTensors,
          schedules: Object.fromEntries(schedules),
        }
        yield { kind: 'checkpoint', state }
      }
    }
  } finally {
    tf.dispose({ ...aggregatorState })
  }
}

function gradientsOf(model: LayersModel, loss: Loss, batch: TensorBatch, aggregator: Aggregator): GradientStack {
  return aggregator.rows.of === 'examples'
    ? perExampleGradients(model, loss, batch)
    : microBatchGradients(model, loss, batch, aggregator.rows.groups)
}

function descend(variables: ReadonlyMap<string, Variable>, gradient: tf.NamedTensorMap, learningRate: number): void {
  tf.tidy(() => {
    for (const [name, variable] of variables) variable.assign(tf.sub(variable, tf.mul(gradient[name]!, learningRate)))
  })
}

function restoreWeights(variables: ReadonlyMap<string, Variable>, { weights }: TrainingState): void {
  const stored = Object.keys(weights).toSorted().join(', ')
  const required = [...variables.keys()].toSorted().join(', ')
  if (stored !== required)
    throw new RangeError(`train: the state to resume from has weights ${stored}; required ${required}`)
  tf.tidy(() => {
    for (const [name, variable] of variables) variable.assign(tf.tensor(weights[name]!.data, [...weights[name]!.shape]))
  })
}

function meanOf(losses: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < losses.length; i++) sum += losses[i]!
  return sum / losses.length
}

function refuseBadOptions({
  steps,
  learningRate,
  examplesPerEpoch,
  checkpointEvery = 1,
}: TrainingOptions<unknown>): void {
  const whole = { steps, examplesPerEpoch, checkpointEvery }
  for (const [name, value] of Object.entries(whole)) {
    const least = name === 'steps' ? 0 : 1
    if (!Number.isInteger(value) || value < least)
      throw new RangeError(`train: required ${name} to be a whole number ≥ ${least}, found ${value}`)
  }
  if (!(Number.isFinite(learningRate) && learningRate >= 0))
    throw new RangeError(`train: required a finite learningRate ≥ 0, found ${learningRate}`)
}
