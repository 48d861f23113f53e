import type { Failure } from '@coherent-gradients/core'
import { openEngine } from '@coherent-gradients/engine'
import { trainableWeights, unruledLayers, type UnruledLayer } from '@coherent-gradients/gradients'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { either as E } from 'fp-ts'
import { type BatchNorm, batchNormModes, USUAL_BATCH } from './batch-norm.ts'
import { hasBatchNorm } from './has-batch-norm.ts'
import { imageShapeOf } from './image-shape-of.ts'
import { inBatches } from './in-batches.ts'
import { inputShapeOf } from './input-shape-of.ts'
import { lossOfModel, type LossName } from './loss-of-model.ts'
import type { MeasuredData } from './measured-data.ts'
import type { MeasuredModel } from './measured-model.ts'
import type { Measurement } from './measurement.ts'
import { modelFailure } from './model/model-failure.ts'
import { readModel } from './model/read-model.ts'
import { readData, type DataOptions } from './read-data.ts'

export interface MeasurementOptions extends DataOptions {
  readonly model: string
  readonly weights?: string
  readonly loss?: LossName
  readonly fallback?: 'example-by-example'
  readonly engine: string
  /** What batch normalisation goes by: `inference`, its moving statistics, unless said. */
  readonly batchNorm?: (typeof batchNormModes)[number]
  /** k, where it goes by batches: 100 unless said. */
  readonly batchSize?: number
  /** MiB of activations and δ in one pass. */
  readonly passMemory?: number
}

/** A model, its data and its loss, ready to be measured. Whoever opened it disposes of the model. */
export interface OpenMeasurement {
  readonly measurement: Measurement
  readonly data: MeasuredData
  /** What is measured on what, for those who read the figures. */
  readonly about: Pick<
    MeasuredModel,
    | 'model'
    | 'data'
    | 'leftOut'
    | 'classNames'
    | 'wholeInputs'
    | 'engine'
    | 'lossName'
    | 'because'
    | 'parameters'
    | 'batchNorm'
  >
}

/** @returns left where the engine, the model or the data can't be opened, or they don't fit one another. */
export async function openMeasurement(options: MeasurementOptions): Promise<E.Either<Failure, OpenMeasurement>> {
  const engine = await openEngine(options.engine)()
  if (E.isLeft(engine)) return engine
  const read = await readModel(options.model, options.weights)()
  if (E.isLeft(read)) return read
  const model = read.right
  const opened = await openWith(model, options, engine.right.description)
  if (E.isLeft(opened)) model.dispose()
  return opened
}

async function openWith(
  model: LayersModel,
  options: MeasurementOptions,
  engine: string,
): Promise<E.Either<Failure, OpenMeasurement>> {
  const { model: file, passMemory, fallback } = options
  const batchNorm = batchNormOf(options, model)
  const parameters = {
    measured: trainableWeights(model).reduce((sum, { size }) => sum + size, 0),
    total: model.countParams(),
  }
  if (parameters.measured === 0) {
    return E.left(modelFailure(file, 'has no trainable weight: there is no gradient to measure'))
  }
  const [unruled] = fallback === undefined && batchNorm?.how !== 'imputed' ? unruledLayers(model) : []
  if (unruled !== undefined) return E.left(modelFailure(file, whyUnruled(unruled)))
  const data = await readData(options, () => imageShapeOf(file, model))()
  if (E.isLeft(data)) return data
  const { targets, classNames, wholeInputs, leftOut } = data.right
  const batched = inBatches(data.right.split, batchNorm, options.sample)
  if (E.isLeft(batched)) return batched
  const split = batched.right
  const loss = lossOfModel(file, model, options.loss, data.right)
  if (E.isLeft(loss)) return loss
  const inputShape = inputShapeOf(file, model, split.inputShape)
  if (E.isLeft(inputShape)) return inputShape
  return E.right({
    measurement: {
      model,
      loss: loss.right.loss,
      classes: loss.right.classes,
      inputShape: inputShape.right,
      ...(targets === undefined ? {} : { targets }),
      ...(fallback === undefined ? {} : { fallback }),
      ...(batchNorm === undefined ? {} : { batchNorm }),
      ...(passMemory === undefined ? {} : { passBytes: passMemory * 2 ** 20 }),
    },
    data: { ...data.right, split },
    about: {
      model: file,
      data: split.name,
      ...(leftOut === undefined ? {} : { leftOut }),
      ...(classNames === undefined ? {} : { classNames }),
      ...(wholeInputs === undefined ? {} : { wholeInputs }),
      ...(batchNorm === undefined ? {} : { batchNorm }),
      engine,
      lossName: loss.right.name,
      because: loss.right.because,
      parameters,
    },
  })
}

function whyUnruled({ name, className, refusal }: UnruledLayer): string {
  const layer = `its layer ${name} (${className})`
  // What tfjs can't run, it can't run example by example either.
  if (refusal?.startsWith('pads causally') === true) {
    return `${layer} ${refusal}: measure it elsewhere, and bring the gradients by --gradients`
  }
  const what =
    refusal === undefined ? 'has no rule for per-example gradients' : `${refusal}, for which there is no rule`
  return `${layer} ${what}: --fallback example-by-example measures it, exactly and about m times as slow`
}

function batchNormOf(
  { batchNorm = 'inference', batchSize = USUAL_BATCH }: MeasurementOptions,
  model: LayersModel,
): BatchNorm | undefined {
  return batchNorm === 'inference' ? undefined : { how: batchNorm, batchSize, absent: !hasBatchNorm(model) }
}
