import type { Failure } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { printFailure } from '../console/print-failure.ts'
import { classesOf, measurePopulations } from '../measure/measure-classes.ts'
import { measureGradients } from '../measure/measure-gradients.ts'
import type { Measured } from '../measure/measured.ts'
import { measuredJson } from '../measure/measured-json.ts'
import type { MeasuredModel } from '../measure/measured-model.ts'
import { measureSplit } from '../measure/measure-split.ts'
import { openMeasurement, type MeasurementOptions } from '../measure/open-measurement.ts'
import { printMeasured } from '../measure/print-measured.ts'
import type { MeasuredSplit } from '../measure/scopes-of.ts'
import { shuffledLabels } from '../measure/shuffled-labels.ts'
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

export interface MeasureModelOptions extends MeasurementOptions {
  readonly gradients?: never
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
  const opened = await openMeasurement(options)
  if (E.isLeft(opened)) return opened
  const { measurement, data, about } = opened.right
  try {
    if (options.population === 'class' && data.targets !== undefined) {
      return E.left({
        _tag: 'NoClasses',
        message: `${data.split.name}: --population class needs classes, found numbers`,
      })
    }
    const m = data.split.ids.length
    const classes = options.population === undefined ? [] : await classesOf(data)
    const apart = classes.reduce((sum, [, { ids }]) => sum + ids.length, 0)
    const progress = workProgress(err, clock, 'measuring', 3 * m + 2 * apart)
    const measuring = { ...measurement, tell: (examples: number) => progress.add(examples) }
    try {
      const relabelled = [shuffledLabels(data.labels, options.sample)]
      const measured = await measureSplit(data.split, { ...measuring, relabelled })
      if (E.isLeft(measured)) return measured
      const populations = await measurePopulations(classes, async (each) =>
        E.map(([split]: readonly [MeasuredSplit, ...MeasuredSplit[]]) => split)(await measureSplit(each, measuring)),
      )
      if (E.isLeft(populations)) return populations
      const [own, shuffled] = measured.right
      return E.right({
        ...own,
        shuffled: shuffled!,
        ...(classes.length === 0 ? {} : { populations: populations.right }),
        ...about,
      })
    } finally {
      progress.close()
    }
  } finally {
    measurement.model.dispose()
  }
}
