import { either as E } from 'fp-ts'
import { findColumns } from './column-names.ts'
import type { MeasuredSeries, SeriesOptions } from './measured-series.ts'
import { seriesFailure, type SeriesFailure } from './series-failure.ts'
import { seriesOfRows, type SeriesRow } from './series-of-rows.ts'

/**
 * A series out of comma-separated text: a header that names the columns step, learningRate (or learning_rate, lr) and
 * alpha, in any order and among others, then a line a step. An empty alpha wasn't measured. Plain numbers with a decimal
 * point; quotes around a field are taken off; no field holds a comma or a line break.
 *
 * @returns a failure that names the line, counted as an editor does.
 */
export function readCsvSeries(
  file: string,
  text: string,
  options: SeriesOptions,
): E.Either<SeriesFailure, MeasuredSeries> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const fail = (what: string): E.Either<SeriesFailure, never> => E.left(seriesFailure(file, what))
  if (lines[0]!.trim() === '') return fail('line 1: required the names of the columns, found nothing')
  const header = fieldsOf(lines[0]!)
  if (header.length === 1 && /[;\t]/.test(header[0]!)) {
    return fail('line 1: required commas between the columns, found semicolons or tabs')
  }
  const columns = findColumns(header)
  if (typeof columns === 'string') return fail(`line 1: ${columns}`)
  const rows: SeriesRow[] = []
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i]!
    if (line.trim() === '') {
      if (lines.slice(i).every((rest) => rest.trim() === '')) break
      return fail(`line ${i + 1}: required a step, found an empty line`)
    }
    const fields = fieldsOf(line)
    if (fields.length !== header.length) {
      return fail(`line ${i + 1}: required ${header.length} fields, as the header has, found ${fields.length}`)
    }
    const numbers: Record<string, number | null> = {}
    for (const [name, c] of Object.entries(columns)) {
      const value = numberOf(fields[c]!)
      if (value === undefined)
        return fail(`line ${i + 1}: required a number for ${name}, found '${fields[c]!.slice(0, 40)}'`)
      if (value === null && name !== 'alpha') return fail(`line ${i + 1}: required a number for ${name}, found nothing`)
      numbers[name] = value
    }
    rows.push({
      where: `line ${i + 1}`,
      step: numbers.step!,
      learningRate: numbers.learningRate!,
      alpha: numbers.alpha ?? null,
    })
  }
  return seriesOfRows(file, rows, options)
}

function fieldsOf(line: string): string[] {
  return line.split(',').map((field) => {
    const bare = field.trim()
    return bare.length > 1 && bare.startsWith('"') && bare.endsWith('"') ? bare.slice(1, -1).trim() : bare
  })
}

const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i

/** Null where there is nothing, undefined where there is something else than a number. */
function numberOf(field: string): number | null | undefined {
  if (field === '') return null
  if (/^nan$/i.test(field)) return Number.NaN
  if (/^[+-]?inf(inity)?$/i.test(field)) return field.startsWith('-') ? -Infinity : Infinity
  return decimal.test(field) ? Number(field) : undefined
}
