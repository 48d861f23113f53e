import type { AlphaKind, Between } from '@coherent-gradients/bound'
import { writableFolder } from '@coherent-gradients/runlog'
import type { Failure } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { bounded, type Bounded } from '../bound/bounded.ts'
import { boundedJson } from '../bound/bounded-json.ts'
import { constantsOf } from '../bound/constants-of.ts'
import { printBounded } from '../bound/print-bounded.ts'
import { readSeries } from '../bound/read-series.ts'
import { writeBounded } from '../bound/write-bounded.ts'
import { printFailure } from '../console/print-failure.ts'
import type { Console } from './console.ts'

export interface BoundCommandOptions {
  readonly lipschitz: number | 'estimate'
  readonly smoothness: number | 'estimate'
  readonly examples?: number
  readonly between: Between
  readonly alpha: AlphaKind
  readonly measuredOn?: number
  readonly dataDir?: string
  readonly json?: boolean
  readonly out?: string
}

/** Computes Theorem 1's bound of a file or a run and prints it as a table or as one JSON object. */
export async function boundCommand(path: string, options: BoundCommandOptions, console: Console): Promise<number> {
  const room = options.out === undefined ? E.right(undefined) : await writableFolder(options.out)()
  const found = E.isLeft(room) ? room : await boundOf(path, options)
  if (E.isLeft(found)) {
    printFailure(console.err, found.left)
    return 1
  }
  if (options.json === true) console.out.write(`${JSON.stringify(boundedJson(found.right), null, 2)}\n`)
  else printBounded(console.out, found.right)
  if (options.out === undefined) return 0
  const written = await writeBounded(options.out, found.right)()
  if (E.isLeft(written)) {
    printFailure(console.err, written.left)
    return 1
  }
  if (options.json !== true) console.out.write(`\n${written.right.join('\n')}\n`)
  return 0
}

async function boundOf(path: string, options: BoundCommandOptions): Promise<E.Either<Failure, Bounded>> {
  const { alpha: alphaIs, measuredOn, between } = options
  const series = await readSeries(path, { alphaIs, ...(measuredOn === undefined ? {} : { measuredOn }) })
  if (E.isLeft(series)) return series
  const constants = await constantsOf(series.right, options)
  return E.map((known: Bounded['constants']) => bounded(series.right, known, between))(constants)
}
