import { derive, keyOf, type Failure } from '@coherent-gradients/core'
import { batchSchedule } from '@coherent-gradients/datasets'
import { softmaxCrossEntropy } from '@coherent-gradients/gradients'
import { evaluate, summarise, train, type Evaluation, type Probe } from '@coherent-gradients/training'
import { function as fn, taskEither as TE } from 'fp-ts'
import { aggregatorOf } from '../own-rule/aggregator-of.ts'
import type { TrainingSpec } from '../run-spec.ts'
import { aheadOf } from './ahead-of.ts'
import { checkpointOf, endOf, stateOf } from './checkpoint-of.ts'
import { buildNetwork } from './build-network.ts'
import { dataHashOf } from './data-hash-of.ts'
import { failureOf } from './failure-of.ts'
import { lossOf } from './loss-of.ts'
import { measureCoherence, type MeasuredCoherence } from './measure-coherence.ts'
import { measureImputation, type MeasuredImputation } from './measure-imputation.ts'
import { populationsOf, type Population } from './populations.ts'
import { pristineBy } from './pristine-by.ts'
import type { RunEnd } from './run-end.ts'
import { scheduleOf } from './schedule-of.ts'
import { splitsOf, type RunSplits } from './splits-of.ts'
import type { Desk, Order, Prepared } from './tasks/task.ts'

/** Steps between checkpoints, which are also the tables' flushes. */
const CHECKPOINT_EVERY = 20

/**
 * Reads the data of a training run. The run then trains, measures and writes its tables, from its last checkpoint on.
 *
 * @returns a failure when the data can't be had or the spec names no rule.
 */
export function prepareTraining({ spec, runs, ...place }: Order<TrainingSpec>): TE.TaskEither<Failure, Prepared> {
  return fn.pipe(
    splitsOf(spec, place),
    TE.bindTo('splits'),
    TE.bindW('aggregator', () => aggregatorOf(spec.training.aggregator, runs)),
    TE.bindW('data', ({ splits }) => hashesOf(spec, splits)),
    TE.bimap(
      (failure): Failure => failure,
      ({ splits, aggregator, data }) => ({
        data,
        make: (desk) => runTraining({ ...desk, spec, splits, aggregator }),
      }),
    ),
  )
}

interface TrainingRun extends Desk {
  readonly spec: TrainingSpec
  readonly splits: RunSplits
  readonly aggregator: Parameters<typeof train>[0]['aggregator']
}

type Measurement =
  | { readonly of: 'evaluation'; readonly split: 'train' | 'test' | 'validation'; readonly evaluation: Evaluation }
  | {
      readonly of: 'coherence'
      readonly split: 'train' | 'test'
      readonly population: string
      readonly measured: MeasuredCoherence | null
    }
  | { readonly of: 'imputation'; readonly measured: readonly MeasuredImputation[] }

async function runTraining(run: TrainingRun): Promise<RunEnd> {
  const { spec, splits, log, tell, aggregator, checkpoint, save } = run
  const resume = checkpoint === null ? undefined : stateOf(checkpoint)
  // Known already where the run was killed between its last checkpoint and DONE.
  const ended = checkpoint === null ? null : endOf(checkpoint)
  const key = keyOf(spec.seed)
  const model = buildNetwork(spec.model, splits.train, derive(key, 'weights'))
  const { batchSize, learningRate, weightDecay, steps, stopWhenFitted } = spec.training
  const schedule = batchSchedule(splits.train.ids, { key: derive(key, 'batches'), batchSize })
  const started = performance.now()
  const elapsedMs = (): number => performance.now() - started
  tell({ kind: 'started', from: resume?.step ?? 0, ...(stopWhenFitted ? {} : { steps }) })

  let why: RunEnd | null = ended
  let step = resume?.step ?? 0
  const events = train<Measurement>({
    model,
    loss: lossOf(spec.training.loss),
    aggregator,
    batch: aheadOf(async (at) => (await splits.trainAt(schedule.epochOf(at))).read(schedule.batchIds(at)), steps),
    examplesPerEpoch: schedule.stepsPerEpoch * batchSize,
    steps: ended === null ? steps : step,
    learningRate,
    ...(weightDecay === undefined ? {} : { weightDecay }),
    dropout: derive(key, 'dropout'),
    probes: await probesOf(spec, splits),
    checkpointEvery: CHECKPOINT_EVERY,
    ...(resume ? { resume } : {}),
  })
  for await (const event of events) {
    if (event.kind === 'step') {
      const { kind: _, ...row } = event
      step = event.step
      log.append('steps', { ...row, elapsedMs: elapsedMs() })
      tell({ kind: 'step', step, epoch: event.epoch, loss: event.loss, accuracy: event.accuracy })
    } else if (event.kind === 'measurement' && event.value.of === 'evaluation') {
      const fitted = record(run, event, event.value.split, event.value.evaluation, elapsedMs())
      if (stopWhenFitted && fitted) why = 'fitted'
      // The fitted weights are kept where a checkpoint is due; it is the next event.
      if (why === 'fitted' && step % CHECKPOINT_EVERY !== 0) break
    } else if (event.kind === 'measurement' && event.value.of === 'coherence') {
      const { split, population, measured } = event.value
      if (measured === null) continue
      const at = { step: event.step, epoch: event.epoch, split, population, loss: measured.loss }
      for (const scope of measured.scopes) {
        log.append('coherence', { ...at, ...scope, standardError: null, imputed: false, elapsedMs: elapsedMs() })
      }
      tell({ kind: 'coherence', step: event.step, split, population, mAlpha: measured.scopes[0]!.mAlpha })
    } else if (event.kind === 'measurement' && event.value.of === 'imputation') {
      const at = { step: event.step, epoch: event.epoch, split: 'train' }
      for (const row of event.value.measured) log.append('imputations', { ...at, ...row, elapsedMs: elapsedMs() })
    } else if (event.kind === 'checkpoint') {
      await save(checkpointOf(event.state, await log.flush(), why))
      if (why !== null) break
    } else if (event.kind === 'diverged') {
      why = 'diverged'
    }
  }
  await log.close()
  await splits.close()
  model.dispose()
  const end = why ?? 'steps made'
  tell({ kind: 'finished', step, why: end })
  return end
}

/** Writes an evaluation's rows, all examples and, where noise has made some corrupt, pristine and corrupt apart. */
function record(
  { spec, log, tell }: TrainingRun,
  { step, epoch }: { readonly step: number; readonly epoch: number },
  split: 'train' | 'test' | 'validation',
  evaluation: Evaluation,
  elapsedMs: number,
): boolean {
  const isPristine = pristineBy(spec.data.noise, evaluation)
  const populations = [
    { population: 'all', ...summarise(evaluation) },
    { population: 'pristine', ...summarise(evaluation, isPristine) },
    { population: 'corrupt', ...summarise(evaluation, (i) => !isPristine(i)) },
  ]
  const anyCorrupt = populations[2]!.examples > 0
  for (const row of populations) {
    if (row.examples === 0 || (row.population !== 'all' && !anyCorrupt)) continue
    log.append('evaluations', { step, epoch, split, ...row, elapsedMs })
    tell({ kind: 'evaluation', step, split, population: row.population, loss: row.loss, accuracy: row.accuracy })
  }
  return split === 'train' && populations[0]!.accuracy === 1
}

async function probesOf(
  spec: TrainingSpec,
  { train: training, test, validation }: RunSplits,
): Promise<readonly Probe<Measurement>[]> {
  const probes: Probe<Measurement>[] = []
  const coherence = spec.measure.coherence
  for (const split of coherence.length > 0 ? spec.measure.splits : []) {
    const from = split === 'train' ? training : test
    for (const { name: population, ids } of await populationsOf(spec, from, split)) {
      probes.push({
        name: `coherence:${split}:${population}`,
        schedule: scheduleOf(coherence),
        measure: async (model) => ({
          of: 'coherence',
          split,
          population,
          measured: await measureCoherence(model, softmaxCrossEntropy, from, ids),
        }),
      })
    }
  }
  const { imputation } = spec.measure
  if (imputation !== undefined) {
    const [{ ids }] = (await populationsOf(spec, training, 'train')) as [Population]
    probes.push({
      name: 'imputation',
      schedule: scheduleOf(imputation.at),
      measure: async (model, { step }) => ({
        of: 'imputation',
        measured: await measureImputation(model, softmaxCrossEntropy, training, ids, {
          ...imputation,
          key: derive(derive(keyOf(spec.seed), 'imputation'), step),
        }),
      }),
    })
  }
  // The training set comes last: when it is fitted, everything else has been measured at the same weights.
  for (const [split, from] of [
    ['test', test],
    ...(validation === undefined ? [] : [['validation', validation] as const]),
    ['train', training],
  ] as const) {
    probes.push({
      name: `evaluation:${split}`,
      schedule: scheduleOf(spec.measure.evaluate),
      measure: async (model) => ({
        of: 'evaluation',
        split,
        evaluation: await evaluate(model, softmaxCrossEntropy, from),
      }),
    })
  }
  return probes
}

function hashesOf(spec: TrainingSpec, splits: RunSplits): TE.TaskEither<Failure, Prepared['data']> {
  return TE.tryCatch(
    async () => ({
      train: await dataHashOf(splits.train, splits.leftOut.train),
      test: await dataHashOf(splits.test, splits.leftOut.test),
    }),
    (cause) => failureOf(spec, cause),
  )
}
