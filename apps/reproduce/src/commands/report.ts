import { either as E } from 'fp-ts'
import type { CommonOptions } from './command-options.ts'
import { printFailure } from '../console/print-failure.ts'
import type { Scale } from '../experiment.ts'
import type { Console } from './console.ts'
import { plansIn } from './plans-in.ts'
import { writeReport } from './write-report.ts'
import { writeResults } from './write-results.ts'

export interface ReportOptions extends CommonOptions {
  /** Writes the results document into this folder in place of the page. */
  readonly markdown?: string
  /** Which runs the document is of; the page has all. */
  readonly scale: Scale
}

/** Writes the page of everything that has been run, or the results document of one scale, and prints what was written. */
export async function reportCommand(options: ReportOptions, { out, err }: Console): Promise<number> {
  const { runs, markdown, scale } = options
  if (plansIn(runs).length === 0) {
    printFailure(err, {
      _tag: 'NothingRun',
      message: `nothing has been run in ${runs}: reproduce list shows what can be`,
    })
    return 1
  }
  if (markdown !== undefined) {
    const written = await writeResults({ runs, scale, folder: markdown })()
    if (E.isLeft(written)) {
      printFailure(err, written.left)
      return 1
    }
    for (const file of written.right.files) out.write(`${file}\n`)
    return 0
  }
  const page = await writeReport(runs)()
  if (E.isLeft(page)) {
    printFailure(err, page.left)
    return 1
  }
  out.write(`${page.right}\n`)
  return 0
}
