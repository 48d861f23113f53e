import { writableFolder } from '@coherent-gradients/runlog'
import { either as E } from 'fp-ts'
import { printFailure } from '../console/print-failure.ts'
import { workProgress, type WorkProgress } from '../measure/work-progress.ts'
import { findSuspects, type FindOptions } from '../suspects/find-suspects.ts'
import { printSuspects } from '../suspects/print-suspects.ts'
import { suspectsJson } from '../suspects/suspects-json.ts'
import { writeSuspects } from '../suspects/write-suspects.ts'
import type { Console } from './console.ts'

export interface SuspectsCommandOptions extends FindOptions {
  readonly top: number
  readonly out?: string
  readonly json?: boolean
}

/** Looks for wrong labels in a data set, prints the most doubtful and writes all of them into a folder. */
export async function suspectsCommand(options: SuspectsCommandOptions, console: Console): Promise<number> {
  const { top, out: folder, json = false } = options
  const { out, err, clock } = console
  const room = folder === undefined ? E.right(undefined) : await writableFolder(folder)()
  if (E.isLeft(room)) {
    printFailure(err, room.left)
    return 1
  }
  let progress: WorkProgress | undefined
  const found = await findSuspects(options, {
    total: (examples) => {
      progress = workProgress(err, clock, 'looking', examples)
    },
    add: (examples) => progress?.add(examples),
  })
  progress?.close()
  if (E.isLeft(found)) {
    printFailure(err, found.left)
    return 1
  }
  if (json) out.write(`${JSON.stringify(suspectsJson(found.right, top), null, 2)}\n`)
  else printSuspects(out, found.right, top)
  if (folder === undefined) return 0
  const written = await writeSuspects(folder, found.right, top)()
  if (E.isLeft(written)) {
    printFailure(err, written.left)
    return 1
  }
  if (!json) out.write(`\n${written.right.join('\n')}\n`)
  return 0
}
