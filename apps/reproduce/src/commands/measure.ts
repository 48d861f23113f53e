import { derive, keyOf, type Failure, type Split } from '@coherent-gradients/core'
import { permutedLabelNoise } from '@coherent-gradients/datasets'
import { openEngine } from '@coherent-gradients/engine'
import { trainableWeights } from '@coherent-gradients/gradients'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { either as E } from 'fp-ts'
import { printFailure } from '../console/print-failure.ts'
import { inputShapeOf } from '../measure/input-shape-of.ts'
import { lossOfModel, type LossName } from '../measure/loss-of-model.ts'
import { classesOf, measurePopulations } from '../measure/measure-classes.ts'
import { measureGradients } from '../measure/measure-gradients.ts'
import type { Measured } from '../measure/measured.ts'
import { measuredJson } from '../measure/measured-json.ts'
import type { MeasuredModel } from '../measure/measured-model.ts'
import { measureSplit, type MeasuredSplit } from '../measure/measure-split.ts'
import { modelFailure } from '../measure/model/model-failure.ts'
import { readModel } from '../measure/model/read-model.ts'
import type { Normalisation } from '../measure/normalisation.ts'
import { printMeasured } from '../measure/print-measured.ts'
import { readData } from '../measure/read-data.ts'
import { workProgress } from '../measure/work-progress.ts'
import { writeMeasured } from '../measure/write-measured.ts'
import type { Console } from './console.ts'

export type MeasureCommandOptions = MeasureOutput & (MeasureModelOptions | MeasureGradientsOptions)

export interface MeasureOutput {
  readonly json?: boolean
  readonly out?: string
}

export interface MeasureGradientsOptions {
  /** A file of gradients that were made elsewhere. */
  readonly gradients: string
}

export interface MeasureModelOptions {
  readonly gradients?: never
  readonly model: string
  readonly weights?: string
  readonly dataset: string
  readonly split?: 'train' | 'test'
  readonly examples?: number
  readonly sample?: string
  readonly loss?: LossName
  readonly normalise: Normalisation
  readonly fallback?: 'example-by-example'
  readonly engine: string
  readonly dataDir?: string
  readonly population?: 'class'
}

/**
 * Measures the coherence of a model's gradients on data, or of gradients out of a file, and prints it as a table or as one
 * JSON object.
 */
export async function measureCommand(options: MeasureCommandOptions, console: Console): Promise<number> {
  const measured: E.Either<Failure, Measured> =
    options.gradients === undefined ? await measureModel(options, console) : await measureGradients(options.gradients)
  if (E.isLeft(measured)) {
    printFailure(console.err, measured.left)
    return 1
  }
  if (options.json === true) console.out.write(`${JSON.stringify(measuredJson(measured.right), null, 2)}\n`)
  else printMeasured(console.out, measured.right)
  if (options.out === undefined) return 0
  const written = await writeMeasured(options.out, measured.right)()
  if (E.isLeft(written)) {
    printFailure(console.err, written.left)
    return 1
  }
  if (options.json !== true) console.out.write(`\n${written.right.join('\n')}\n`)
  return 0
}

async function measureModel(
  options: MeasureModelOptions,
  { err, clock }: Console,
): Promise<E.Either<Failure, MeasuredModel>> {
  const engine = await openEngine(options.engine)()
  if (E.isLeft(engine)) return engine
  const model = await readModel(options.model, options.weights)()
  if (E.isLeft(model)) return model
  try {
    const loss = lossOfModel(options.model, model.right, options.loss)
    if (E.isLeft(loss)) return loss
    const parameters = countParameters(model.right)
    if (parameters.measured === 0) {
      return E.left(modelFailure(options.model, 'has no trainable weight: there is no gradient to measure'))
    }
    const split = await readData(options)()
    if (E.isLeft(split)) return split
    const inputShape = inputShapeOf(options.model, model.right, split.right.inputShape)
    if (E.isLeft(inputShape)) return inputShape
    const m = split.right.ids.length
    const classes = options.population === undefined ? [] : await classesOf(split.right)
    const apart = classes.reduce((sum, [, { ids }]) => sum + ids.length, 0)
    const progress = workProgress(err, clock, 'measuring', 3 * m + 2 * apart)
    const measure = (each: Split, standardErrors: boolean): Promise<E.Either<Failure, MeasuredSplit>> =>
      measureSplit(each, {
        model: model.right,
        loss: loss.right.loss,
        classes: loss.right.classes,
        inputShape: inputShape.right,
        standardErrors,
        ...(options.fallback === undefined ? {} : { fallback: options.fallback }),
        tell: (examples) => progress.add(examples),
      })
    try {
      const measured = await measure(split.right, true)
      if (E.isLeft(measured)) return measured
      const shuffled = await measure(withShuffledLabels(split.right, options.sample), false)
      if (E.isLeft(shuffled)) return shuffled
      const populations = await measurePopulations(classes, (each) => measure(each, true))
      if (E.isLeft(populations)) return populations
      return E.right({
        ...measured.right,
        shuffled: shuffled.right,
        ...(classes.length === 0 ? {} : { populations: populations.right }),
        model: options.model,
        data: split.right.name,
        engine: engine.right.description,
        lossName: loss.right.name,
        because: loss.right.because,
        parameters,
      })
    } finally {
      progress.close()
    }
  } finally {
    model.right.dispose()
  }
}

/** The labels permuted among all examples: as many of each class, and none that means anything. */
function withShuffledLabels(split: Split, key = 'measure'): Split {
  const noisy = permutedLabelNoise(split, { key: derive(keyOf(key), 'shuffled labels'), fraction: 1 })
  if (E.isLeft(noisy)) throw new RangeError(noisy.left.message)
  return noisy.right
}

function countParameters(model: LayersModel): MeasuredModel['parameters'] {
  return {
    measured: trainableWeights(model).reduce((sum, { size }) => sum + size, 0),
    total: model.countParams(),
  }
}
