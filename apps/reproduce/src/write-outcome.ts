import type { Failure } from '@coherent-gradients/core'
import { createRunLog, tableFile, writeFileAtomically, type RunLog, type TableName } from '@coherent-gradients/runlog'
import { function as fn, taskEither as TE } from 'fp-ts'
import { join } from 'node:path'
import { figureToPng } from './figure/figure-to-png.ts'

/** What a command found, in the forms in which it is kept. */
export interface Outcome {
  /** The files' name, without its ending. */
  readonly name: string
  readonly json: unknown
  readonly svg: string
  readonly table: TableName
  readonly fill: (log: RunLog) => void | Promise<void>
}

/**
 * Writes an outcome into a folder, which is made where it is missing: JSON, the figure as SVG and PNG, and a table.
 *
 * @returns the files' paths.
 */
export function writeOutcome(folder: string, outcome: Outcome): TE.TaskEither<Failure, readonly string[]> {
  const { name, json, svg, table } = outcome
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    [`${name}.json`, `${JSON.stringify(json, null, 2)}\n`],
    [`${name}.svg`, svg],
    [`${name}.png`, figureToPng(svg)],
  ]
  return fn.pipe(
    files,
    TE.traverseSeqArray(([file, contents]) =>
      fn.pipe(
        writeFileAtomically(join(folder, file), contents),
        TE.map(() => join(folder, file)),
      ),
    ),
    TE.chainFirst(() => writeTable(folder, outcome)),
    TE.bimap(
      (failure): Failure => failure,
      (written) => [...written, tableFile(folder, table)],
    ),
  )
}

function writeTable(folder: string, { table, fill }: Outcome): TE.TaskEither<Failure, void> {
  return fn.pipe(
    createRunLog(folder, [table]),
    TE.mapLeft((failure): Failure => failure),
    TE.chain((log) =>
      TE.tryCatch(
        async () => {
          await fill(log)
          await log.close()
        },
        (cause): Failure => ({ _tag: 'WriteFailed', message: cause instanceof Error ? cause.message : String(cause) }),
      ),
    ),
  )
}
