import { either as E } from 'fp-ts'
import type { CommonOptions } from '../command-line.ts'
import { printFailure } from '../console/print-failure.ts'
import type { Console } from './console.ts'
import { writeReport } from './write-report.ts'

/** Writes the page of everything that has been run and prints its path. */
export async function reportCommand({ runs }: CommonOptions, { out, err }: Console): Promise<number> {
  const page = await writeReport(runs)()
  if (E.isLeft(page)) {
    printFailure(err, page.left)
    return 1
  }
  out.write(`${page.right}\n`)
  return 0
}
