import { DataType, Precision, type Field, type Table, type Vector } from 'apache-arrow'
import { either as E } from 'fp-ts'
import { readFile } from 'node:fs/promises'
import type { GradientFile, GradientRows } from './gradient-rows.ts'
import { gradientsFailure, type GradientsFailure } from './gradients-failure.ts'
import { readArrowTable } from './read-arrow-table.ts'

/** The columns of an Arrow file or stream: in each row the example's gradient of one weight, as a list of floats. */
export async function* readArrowGradients(file: string): GradientFile {
  const read = await readTable(file)
  if (E.isLeft(read)) {
    yield read
    return
  }
  const table = read.right
  for (const [c, field] of table.schema.fields.entries()) {
    // A file may promise what its bytes don't hold; Arrow then throws wherever it notices.
    const rows = E.flatten(
      E.tryCatch(
        () => rowsOf(file, field, table.getChildAt(c)!, table.numRows),
        (error) => unreadable(file, error),
      ),
    )
    yield rows
    if (E.isLeft(rows)) return
  }
}

async function readTable(file: string): Promise<E.Either<GradientsFailure, Table>> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(file)
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return E.left(gradientsFailure(file, missing ? 'there is no such file' : `can't be read: ${messageOf(error)}`))
  }
  return E.tryCatch(
    () => readArrowTable(bytes),
    (error) => unreadable(file, error),
  )
}

function rowsOf(
  file: string,
  { name, type }: Field,
  column: Vector,
  m: number,
): E.Either<GradientsFailure, GradientRows> {
  const fail = (what: string): E.Either<GradientsFailure, never> => E.left(gradientsFailure(file, `${name}: ${what}`))
  const element = DataType.isList(type) || DataType.isFixedSizeList(type) ? type.children[0]?.type : undefined
  const precision = element !== undefined && DataType.isFloat(element) ? element.precision : undefined
  const double = precision === Precision.DOUBLE
  if (precision === undefined) {
    return fail(
      `required a list of float32, float64 or float16 in each row, the flattened gradient, found ${String(type)}`,
    )
  }
  let data = double ? new Float64Array(0) : new Float32Array(0)
  for (let i = 0; i < m; i++) {
    const list = column.get(i) as Vector | null
    if (list === null || list.nullCount > 0) return fail(`required numbers alone, found a null in row ${i}`)
    // Halves are kept as bits, and only one by one become numbers.
    const row = precision === Precision.HALF ? Float32Array.from(list) : (list.toArray() as Float32Array | Float64Array)
    if (i === 0) data = double ? new Float64Array(m * row.length) : new Float32Array(m * row.length)
    const width = data.length / m
    if (row.length !== width) {
      return fail(`required ${width} elements in every row, as in the first, found ${row.length} in row ${i}`)
    }
    data.set(row, i * width)
  }
  return E.right({ name, m, data })
}

function unreadable(file: string, error: unknown): GradientsFailure {
  return gradientsFailure(
    file,
    `required an Arrow file or stream, found something else or a torn one (${messageOf(error)})`,
  )
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
