import { either as E } from 'fp-ts'
import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import type { MeasuredSeries, SeriesOptions } from './measured-series.ts'
import { readArrowSeries } from './read-arrow-series.ts'
import { readCsvSeries } from './read-csv-series.ts'
import { readRunSeries } from './read-run-series.ts'
import { seriesFailure, type SeriesFailure } from './series-failure.ts'

const arrow = ['.arrow', '.arrows', '.feather']

/** A series out of a .csv file, an Arrow file or stream, or the folder of a run. */
export async function readSeries(
  path: string,
  options: SeriesOptions,
): Promise<E.Either<SeriesFailure, MeasuredSeries>> {
  const ending = extname(path).toLowerCase()
  try {
    if ((await stat(path)).isDirectory()) return await readRunSeries(path, options)
    if (ending !== '.csv' && !arrow.includes(ending)) {
      return E.left(seriesFailure(path, `required a .csv file, an Arrow file (${arrow.join(', ')}) or a run's folder`))
    }
    if (options.alphaIs === 'debiased' && (options.measuredOn ?? 1) < 2) {
      return E.left(
        seriesFailure(path, '--alpha debiased needs --measured-on M, from 2 on: examples that α was measured on'),
      )
    }
    const bytes = await readFile(path)
    return ending === '.csv'
      ? readCsvSeries(path, bytes.toString('utf8'), options)
      : readArrowSeries(path, bytes, options)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return E.left(
      seriesFailure(path, code === 'ENOENT' ? 'there is no such file or folder' : `can't be read: ${message}`),
    )
  }
}
