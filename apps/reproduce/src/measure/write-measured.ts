import type { Failure } from '@coherent-gradients/core'
import { createRunLog, tableFile, writeFileAtomically } from '@coherent-gradients/runlog'
import { function as fn, taskEither as TE } from 'fp-ts'
import { join } from 'node:path'
import { figureToPng } from '../figure/figure-to-png.ts'
import { drawBars } from './draw-bars.ts'
import { measuredJson } from './measured-json.ts'
import type { MeasuredModel } from './measured-model.ts'
import type { MeasuredSplit } from './measure-split.ts'

/**
 * Writes `measure.json`, the table `coherence.arrows` (population `all`, and `labels shuffled`) and the bars as SVG and
 * PNG into a folder, which is made where it is missing.
 *
 * @returns the files' paths.
 */
export function writeMeasured(folder: string, measured: MeasuredModel): TE.TaskEither<Failure, readonly string[]> {
  const svg = drawBars(measured)
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    ['measure.json', `${JSON.stringify(measuredJson(measured), null, 2)}\n`],
    ['measure.svg', svg],
    ['measure.png', figureToPng(svg)],
  ]
  return fn.pipe(
    files,
    TE.traverseSeqArray(([name, contents]) =>
      fn.pipe(
        writeFileAtomically(join(folder, name), contents),
        TE.map(() => join(folder, name)),
      ),
    ),
    TE.chainFirst(() => writeTable(folder, measured)),
    TE.bimap(
      (failure): Failure => failure,
      (written) => [...written, tableFile(folder, 'coherence')],
    ),
  )
}

function writeTable(folder: string, measured: MeasuredModel): TE.TaskEither<Failure, void> {
  return fn.pipe(
    createRunLog(folder, ['coherence']),
    TE.mapLeft((failure): Failure => failure),
    TE.chain((log) =>
      TE.tryCatch(
        async () => {
          const groups: readonly (readonly [string, MeasuredSplit])[] = [
            ['all', measured],
            ['labels shuffled', measured.shuffled],
          ]
          for (const [population, { loss, whole, layers }] of groups) {
            for (const scope of [whole, ...layers]) {
              const { name, share: _share, ...numbers } = scope
              log.append('coherence', {
                step: 0,
                epoch: 0,
                split: measured.data,
                scope: scope === whole ? 'all' : `layer:${name}`,
                population,
                loss,
                ...numbers,
                imputed: false,
                elapsedMs: 0,
              })
            }
          }
          await log.close()
        },
        (cause): Failure => ({ _tag: 'WriteFailed', message: cause instanceof Error ? cause.message : String(cause) }),
      ),
    ),
  )
}
