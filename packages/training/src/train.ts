import { derive } from '@coherent-gradients/core'
import { movingStatisticsOf, trainableWeights, type AggregatorState } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import { restoreWeights } from './restore-weights.ts'
import type { Moment, ScheduleState } from './schedules/schedule.ts'
import { restoreTensors, storeTensors } from './stored-tensors.ts'
import type { TrainingEvent } from './training-event.ts'
import { refuseBadOptions, type TrainingOptions } from './training-options.ts'
import { update } from './update.ts'

/**
 * Trains by (stochastic) gradient descent with any aggregator, and tells what happens as typed events.
 *
 *   w ← w(1 − ηλ) − η · aggregate(g₁, …, g_m)
 *
 * Index legend: g₁ … g_m are the rows of a batch's gradient stack, examples or micro-batches as the aggregator asks.
 * The aggregate has the scale of a mean over rows, so `learningRate` means what it means in SGD on the mean loss. λ is `weightDecay`, 0 unless said.
 *
 * At each step come `step`, then `measurement`s of the probes that are due at the new weights, in the order of
 * `probes`, then `checkpoint` when due. Before the first update, and not on resuming, the probes are asked about
 * step 0. A minibatch loss that is not finite ends the run with `diverged`, before its update.
 *
 * Nothing runs while the consumer holds an event: leaving the `for await` loop stops the training between two updates.
 * The model is trained in place, in inference mode (dropout off unless `dropout` gives it a key); every tensor made on the way is disposed of. A rule over
 * micro-batches goes by each one's own statistics in BatchNormalization layers, whose moving ones follow, as the paper's M3 and
 * A3 do; one over examples by the moving statistics, which stay as they are.
 *
 * @throws RangeError (as a rejection of the first `next`) when an option is out of range, two probes share a name, or
 *   the state to resume from doesn't fit the model; later when a batch is empty.
 * @throws TypeError when the aggregator leaves a weight out, or keeps a memory that isn't float32 and a checkpoint is due.
 * @see "On the Generalization Mystery in Deep Learning", §2 for the update, §7 for what may stand in the mean's place.
 *
 * @example
 * for await (const event of train({ model, loss, aggregator: mean(), batch, examplesPerEpoch, steps, learningRate })) {
 *   if (event.kind === 'step') console.log(event.step, event.loss)
 * }
 */
export async function* train<Measurement = never>(
  options: TrainingOptions<Measurement>,
): AsyncGenerator<TrainingEvent<Measurement>, void, undefined> {
  refuseBadOptions(options)
  const {
    model,
    aggregator,
    steps,
    learningRate,
    dropout,
    examplesPerEpoch,
    probes = [],
    checkpointEvery,
    resume,
  } = options
  const weights = trainableWeights(model)
  const variables = new Map(weights.map((weight) => [weight.name, weight.variable]))
  const statistics = movingStatisticsOf(model).map((weight) => [weight.name, weight.variable] as const)
  const moved = new Map([...variables, ...statistics])
  if (resume) restoreWeights(moved, resume.weights)
  const schedules: Record<string, ScheduleState> = Object.fromEntries(
    probes.map(({ name, schedule }) => [name, resume?.schedules[name] ?? schedule.initial]),
  )

  async function* measure(moment: Moment): AsyncGenerator<TrainingEvent<Measurement>, void, undefined> {
    for (const probe of probes) {
      const { due, state } = probe.schedule.next(moment, schedules[probe.name]!)
      schedules[probe.name] = state
      if (!due) continue
      const value = await probe.measure(model, moment)
      yield { kind: 'measurement', probe: probe.name, step: moment.step, epoch: moment.epoch, value }
    }
  }

  let memory: AggregatorState = resume ? restoreTensors(resume.aggregator) : aggregator.init(weights)
  try {
    let seen = resume?.examplesSeen ?? 0
    let step = resume?.step ?? 0
    if (!resume) yield* measure({ step: 0, epoch: 0, loss: Number.NaN })
    while (step < steps) {
      const batch = await options.batch(step)
      const masks = dropout === undefined ? {} : { masks: { key: derive(dropout, step), ids: batch.ids } }
      const { loss, accuracy, state } = await update({ ...options, variables, ...masks }, batch, memory)
      if (state === null) {
        yield { kind: 'diverged', step, epoch: seen / examplesPerEpoch, loss }
        return
      }
      tf.dispose(memory)
      memory = state
      step++
      seen += batch.ids.length
      const epoch = seen / examplesPerEpoch
      yield { kind: 'step', step, epoch, loss, accuracy, learningRate }
      yield* measure({ step, epoch, loss })
      if (checkpointEvery !== undefined && (step % checkpointEvery === 0 || step === steps)) {
        const stored = {
          weights: await storeTensors(Object.fromEntries(moved)),
          aggregator: await storeTensors(memory),
        }
        yield { kind: 'checkpoint', state: { step, examplesSeen: seen, ...stored, schedules: { ...schedules } } }
      }
    }
  } finally {
    tf.dispose(memory)
  }
}
