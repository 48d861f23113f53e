import type { Failure } from '@coherent-gradients/core'
import { createRunLog, tableFile, writeFileAtomically } from '@coherent-gradients/runlog'
import { function as fn, taskEither as TE } from 'fp-ts'
import { join } from 'node:path'
import { figureToPng } from '../figure/figure-to-png.ts'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { Bounded } from './bounded.ts'
import { boundedJson } from './bounded-json.ts'
import { drawBounded } from './draw-bounded.ts'

/** Rows between two flushes of the table. */
const FLUSH_EVERY = 50_000

/**
 * Writes `bound.json`, the table `bound.arrows` and the figure as SVG and PNG into a folder, which is made where it is
 * missing.
 *
 * @returns the files' paths.
 */
export function writeBounded(folder: string, found: Bounded): TE.TaskEither<Failure, readonly string[]> {
  const svg = figureToSvg(drawBounded(found))
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    ['bound.json', `${JSON.stringify(boundedJson(found), null, 2)}\n`],
    ['bound.svg', svg],
    ['bound.png', figureToPng(svg)],
  ]
  return fn.pipe(
    files,
    TE.traverseSeqArray(([name, contents]) =>
      fn.pipe(
        writeFileAtomically(join(folder, name), contents),
        TE.map(() => join(folder, name)),
      ),
    ),
    TE.chainFirst(() => writeTable(folder, found)),
    TE.bimap(
      (failure): Failure => failure,
      (written) => [...written, tableFile(folder, 'bound')],
    ),
  )
}

function writeTable(folder: string, { series, result, logTerms, logSums }: Bounded): TE.TaskEither<Failure, void> {
  const measured = new Set(series.probes.map(({ step }) => step))
  return fn.pipe(
    createRunLog(folder, ['bound']),
    TE.mapLeft((failure): Failure => failure),
    TE.chain((log) =>
      TE.tryCatch(
        async () => {
          for (const [i, { learningRate, alpha }] of result.steps.entries()) {
            log.append('bound', {
              step: i + 1,
              learningRate,
              alpha,
              measured: measured.has(i + 1),
              logContribution: logTerms[i]!,
              logBound: logSums[i]!,
            })
            if ((i + 1) % FLUSH_EVERY === 0) await log.flush()
          }
          await log.close()
        },
        (cause): Failure => ({ _tag: 'WriteFailed', message: cause instanceof Error ? cause.message : String(cause) }),
      ),
    ),
  )
}
