import type { Failure } from '@coherent-gradients/core'
import { writableFolder } from '@coherent-gradients/runlog'
import { either as E } from 'fp-ts'
import { resourceUsage } from 'node:process'
import { printFailure } from '../console/print-failure.ts'
import { painter } from '../console/terminal.ts'
import { classesOf, measurePopulations } from '../measure/measure-classes.ts'
import { measureGradients } from '../measure/measure-gradients.ts'
import type { Measured } from '../measure/measured.ts'
import { measuredJson } from '../measure/measured-json.ts'
import type { MeasuredModel } from '../measure/measured-model.ts'
import { measureSplit } from '../measure/measure-split.ts'
import { openMeasurement, type MeasurementOptions } from '../measure/open-measurement.ts'
import { printMeasured } from '../measure/print-measured.ts'
import type { MeasuredSplit } from '../measure/scopes-of.ts'
import { mergeShards } from '../measure/shards/merge-shards.ts'
import { shuffledLabels } from '../measure/shuffled-labels.ts'
import { workProgress } from '../measure/work-progress.ts'
import { writeMeasured } from '../measure/write-measured.ts'
import type { Console } from './console.ts'

export type MeasureCommandOptions = MeasureOutput &
  (MeasureModelOptions | MeasureGradientsOptions | MeasureMergeOptions)

interface MeasureOutput {
  readonly json?: boolean
  readonly out?: string
}

interface MeasureGradientsOptions {
  /** A file of gradients that were made elsewhere. */
  readonly gradients: string
  readonly merge?: never
}

interface MeasureMergeOptions {
  readonly gradients?: never
  /** The folder that shards have left their parts in. */
  readonly merge: string
}

export interface MeasureModelOptions extends MeasurementOptions {
  readonly gradients?: never
  readonly merge?: never
  readonly population?: 'class'
}

/**
 * Measures the coherence of a model's gradients on data, of gradients out of a file, or what shards have measured, and
 * prints it as a table or as one JSON object.
 */
export async function measureCommand(options: MeasureCommandOptions, console: Console): Promise<number> {
  // Whoever waits an hour shall not learn only then that there is no room for the results.
  const room = options.out === undefined ? E.right(undefined) : await writableFolder(options.out)()
  const measured = E.isLeft(room) ? room : await measureWhat(options, console)
  if (E.isLeft(measured)) {
    printFailure(console.err, measured.left)
    return 1
  }
  if (options.json === true) console.out.write(`${JSON.stringify(measuredJson(measured.right), null, 2)}\n`)
  else {
    printMeasured(console.out, measured.right)
    const peak = Math.round(resourceUsage().maxRSS / 1024).toLocaleString('en')
    console.err.write(`${painter(console.err)('dim', `peak memory: ${peak} MiB`)}\n`)
  }
  if (options.out === undefined) return 0
  const written = await writeMeasured(options.out, measured.right)()
  if (E.isLeft(written)) {
    printFailure(console.err, written.left)
    return 1
  }
  if (options.json !== true) console.out.write(`\n${written.right.join('\n')}\n`)
  return 0
}

async function measureWhat(options: MeasureCommandOptions, console: Console): Promise<E.Either<Failure, Measured>> {
  if (options.gradients !== undefined) return measureGradients(options.gradients)
  return options.merge === undefined ? measureModel(options, console) : mergeShards(options.merge)
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
      const populations = await measurePopulations(classes, about.parameters.measured, async (each, keep) =>
        E.map(([split]: readonly [MeasuredSplit, ...MeasuredSplit[]]) => split)(
          await measureSplit(each, { ...measuring, keep }),
        ),
      )
      if (E.isLeft(populations)) return populations
      const [own, shuffled] = measured.right
      return E.right({
        ...own,
        shuffled: shuffled!,
        ...(classes.length === 0 ? {} : populations.right),
        ...about,
      })
    } finally {
      progress.close()
    }
  } finally {
    measurement.model.dispose()
  }
}
