import { checkLength } from './check-length.ts'
import { checkRanks } from './check-ranks.ts'
import type { FormedRows } from './formed-rows.ts'
import type { Ranks } from './ranks.ts'
import { fill, signedColumn } from './signed-column.ts'
import type { Statistic } from './statistic.ts'
import { valueOf } from './value-of.ts'

/** Columns that are turned at a time: wide enough to read whole cache lines of a row. */
const tileColumns = 64

/** [columns] the statistic of every column. Refuses a row with a value that isn't finite. */
export function reduceFormed({ values, rows, columns }: FormedRows, ranks: Ranks, statistic: Statistic): Float32Array {
  checkRanks(statistic.name, ranks, rows)
  checkLength(statistic.name, 'values', values, rows, columns)
  const result = new Float32Array(columns)
  const tile = new Float32Array(tileColumns * rows)
  const bits = new Int32Array(tile.buffer)
  const column = signedColumn(rows)
  for (let from = 0; from < columns; from += tileColumns) {
    const width = Math.min(tileColumns, columns - from)
    let notFinite = 0
    for (let i = 0; i < rows; i++) {
      const start = i * columns + from
      for (let j = 0; j < width; j++) {
        const value = values[start + j]!
        tile[j * rows + i] = value
        notFinite += value - value
      }
    }
    if (notFinite !== 0) refuse(statistic.name, values, rows, columns)
    for (let j = 0; j < width; j++) {
      fill(column, bits, j * rows, rows)
      result[from + j] = valueOf(column, ranks, statistic)
    }
  }
  return result
}

function refuse(name: string, values: Float32Array, rows: number, columns: number): never {
  const at = values.findIndex((value) => !Number.isFinite(value))
  const row = Math.floor(at / columns)
  throw new RangeError(`${name}: required finite values, found ${values[at]} in row ${row} of ${rows}`)
}
