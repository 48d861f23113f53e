import { DataType, type Table, type Vector } from 'apache-arrow'
import { either as E } from 'fp-ts'
import { readArrowTable } from '../measure/read-arrow-table.ts'
import { findColumns } from './column-names.ts'
import type { MeasuredSeries, SeriesOptions } from './measured-series.ts'
import { seriesFailure, type SeriesFailure } from './series-failure.ts'
import { seriesOfRows, type SeriesRow } from './series-of-rows.ts'

/**
 * A series out of an Arrow file or stream with columns step, learningRate (or learning_rate, lr) and alpha of numbers,
 * among others; a null alpha wasn't measured. Rows are counted from 0, as Arrow's readers do.
 */
export function readArrowSeries(
  file: string,
  bytes: Uint8Array,
  options: SeriesOptions,
): E.Either<SeriesFailure, MeasuredSeries> {
  try {
    const table = readArrowTable(bytes)
    const columns = findColumns(table.schema.fields.map((field) => field.name))
    if (typeof columns === 'string') return E.left(seriesFailure(file, columns))
    for (const c of Object.values(columns)) {
      const { name, type, metadata } = table.schema.fields[c]!
      if (!DataType.isInt(type) && !DataType.isFloat(type)) {
        return E.left(seriesFailure(file, `column ${name}: required numbers, found ${String(type)}`))
      }
      const unit = metadata.get('unit')
      if (name === 'step' && unit !== undefined && unit !== 'updates') {
        return E.left(seriesFailure(file, `column step: required updates, found the unit ${unit}`))
      }
    }
    return seriesOfRows(file, rowsOf(table, columns), options)
  } catch (error) {
    // A file may promise what its bytes don't hold; Arrow throws wherever it notices.
    const what = error instanceof Error ? error.message : String(error)
    return E.left(seriesFailure(file, `required an Arrow file or stream, found something else or a torn one (${what})`))
  }
}

function* rowsOf(table: Table, columns: Readonly<Record<string, number>>): Generator<SeriesRow> {
  const column = (name: string): Vector => table.getChildAt(columns[name]!)!
  const [steps, rates, alphas] = [column('step'), column('learningRate'), column('alpha')]
  const numberAt = (vector: Vector, i: number): number => {
    const value = vector.get(i) as number | bigint | null
    return value === null ? Number.NaN : Number(value)
  }
  for (let i = 0; i < table.numRows; i++) {
    yield {
      where: `row ${i}`,
      step: numberAt(steps, i),
      learningRate: numberAt(rates, i),
      alpha: alphas.get(i) === null ? null : numberAt(alphas, i),
    }
  }
}
