import { either as E } from 'fp-ts'
import type { CommonOptions } from '../command-line.ts'
import { printFailure } from '../console/print-failure.ts'
import type { Console } from './console.ts'
import { plansIn } from './plans-in.ts'
import { writeReport } from './write-report.ts'

/** Writes the page of everything that has been run and prints its path. */
export async function reportCommand({ runs }: CommonOptions, { out, err }: Console): Promise<number> {
  if (plansIn(runs).length === 0) {
    printFailure(err, {
      _tag: 'NothingRun',
      message: `nothing has been run in ${runs}: reproduce list shows what can be`,
    })
    return 1
  }
  const page = await writeReport(runs)()
  if (E.isLeft(page)) {
    printFailure(err, page.left)
    return 1
  }
  out.write(`${page.right}\n`)
  return 0
}
