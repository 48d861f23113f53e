import { join } from 'node:path'
import type { Failure } from '@coherent-gradients/core'
import { dataSets, fetchFile, foldersOf } from '@coherent-gradients/datasets/catalogue'
import { either as E } from 'fp-ts'
import { printFailure } from '../console/print-failure.ts'
import { formatBytes } from '../data/format-bytes.ts'
import { knownDataSet } from '../data/known-data-set.ts'
import type { Console } from './console.ts'

/** Fetches data sets into the folders of their names, with a line for each file. */
export async function dataFetchCommand(
  names: readonly string[],
  { dataDir }: { readonly dataDir: string },
  { out, err, clock }: Console,
): Promise<number> {
  for (const name of names) {
    const known = knownDataSet(name)
    if (E.isLeft(known)) {
      printFailure(err, known.left)
      return 1
    }
    const { files, source } = known.right
    if (files.length === 0) {
      const others = dataSets.filter((each) => each.files.length > 0).map((each) => each.name)
      const message = `${name} can't be fetched: ${source ?? 'it has no files'}. These can: ${others.join(', ')}`
      printFailure(err, { _tag: 'NotFetchable', message })
      return 1
    }
    for (const file of files) {
      const path = join(foldersOf(name, dataDir)[0], file.name)
      let told = clock()
      const tell = (bytes: number): void => {
        if (!err.isTTY || clock() - told < 200) return
        told = clock()
        err.write(`\r${path}: ${formatBytes(bytes)} of ${formatBytes(file.bytes)} `)
      }
      const fetched: E.Either<Failure, 'fetched' | 'there'> = await fetchFile(file, path, { tell })()
      if (err.isTTY) err.write('\r\x1b[2K')
      if (E.isLeft(fetched)) {
        printFailure(err, fetched.left)
        return 1
      }
      out.write(
        `${path}: ${fetched.right === 'there' ? 'already there' : formatBytes(file.bytes)}, sha256 as it should be\n`,
      )
    }
  }
  return 0
}
