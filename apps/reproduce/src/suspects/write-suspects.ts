import type { Failure } from '@coherent-gradients/core'
import { createRunLog, tableFile, writeFileAtomically } from '@coherent-gradients/runlog'
import { function as fn, taskEither as TE } from 'fp-ts'
import { join } from 'node:path'
import { contactSheet } from '../data/contact-sheet.ts'
import type { Suspects } from './find-suspects.ts'
import { suspectRows } from './suspect-rows.ts'
import { suspectsCsv } from './suspects-csv.ts'

const failed = (cause: unknown): Failure => ({
  _tag: 'WriteFailed',
  message: cause instanceof Error ? cause.message : String(cause),
})

/**
 * Writes all examples as `suspects.arrows` and `suspects.csv`, and the worst as a contact sheet, `suspects.png`, into a
 * folder, which is made where it is missing.
 *
 * @returns the files' paths.
 */
export function writeSuspects(
  folder: string,
  suspects: Suspects,
  top: number,
): TE.TaskEither<Failure, readonly string[]> {
  const [csv, png] = [join(folder, 'suspects.csv'), join(folder, 'suspects.png')]
  return fn.pipe(
    createRunLog(folder, ['suspects']),
    TE.mapLeft((failure): Failure => failure),
    TE.chain((log) =>
      TE.tryCatch(async () => {
        for (const row of suspectRows(suspects)) log.append('suspects', row)
        await log.close()
      }, failed),
    ),
    TE.chainW(() => writeFileAtomically(csv, suspectsCsv(suspects))),
    TE.chainW(() => TE.tryCatch(() => sheetOf(suspects, top), failed)),
    TE.chainW((sheet) => writeFileAtomically(png, sheet)),
    TE.bimap(
      (failure): Failure => failure,
      () => [tableFile(folder, 'suspects'), csv, png],
    ),
  )
}

function sheetOf({ split, scored, order, classNames, known }: Suspects, top: number): Promise<Uint8Array> {
  const rows = order.slice(0, top)
  const nameOf = (label: number): string => classNames[label] ?? String(label)
  const captions = rows.map((i): readonly [string, string] => {
    const [label, truth, expected] = [scored.labels[i]!, scored.trueLabels[i]!, scored.expected[i]!]
    const given = `${nameOf(label)}`
    if (known) return [`label ${given}`, label === truth ? 'right' : `is ${nameOf(truth)}`]
    return [`label ${given}`, label === expected ? '' : `looks like ${nameOf(expected)}`]
  })
  const ranked = { ...split, ids: Uint32Array.from(rows, (i) => scored.ids[i]!) }
  return contactSheet(ranked, classNames, rows.length, captions)
}
