import type { Failure } from '@coherent-gradients/core'
import type { RunLog } from '@coherent-gradients/runlog'
import type { taskEither as TE } from 'fp-ts'
import { writeOutcome } from '../write-outcome.ts'
import { drawBars } from './draw-bars.ts'
import { measuredJson } from './measured-json.ts'
import { isModel, type Measured } from './measured.ts'
import type { MeasuredScopes } from './scopes-of.ts'

/**
 * Writes `measure.json`, the table `coherence.arrows` (population `all`; of a model also `labels shuffled`, and `class:0`
 * and so on where classes were measured) and the bars as SVG and PNG into a folder, which is made where it is missing.
 *
 * @returns the files' paths.
 */
export function writeMeasured(folder: string, measured: Measured): TE.TaskEither<Failure, readonly string[]> {
  return writeOutcome(folder, {
    name: 'measure',
    json: measuredJson(measured),
    svg: drawBars(measured),
    table: 'coherence',
    fill: (log) => appendScopes(log, measured),
  })
}

function appendScopes(log: RunLog, measured: Measured): void {
  const split = isModel(measured) ? measured.data : measured.gradients
  for (const { population, loss, whole, layers } of groupsOf(measured)) {
    for (const scope of [whole, ...layers]) {
      const { name, share: _share, interval: _interval, ...numbers } = scope
      log.append('coherence', {
        step: 0,
        epoch: 0,
        split,
        scope: scope === whole ? 'all' : `layer:${name}`,
        population,
        loss,
        ...numbers,
        imputed: isModel(measured) && measured.batchNorm?.how === 'imputed',
        elapsedMs: 0,
      })
    }
  }
}

interface Group extends MeasuredScopes {
  readonly population: string
  readonly loss: number | null
}

/** Nobody knows the loss of gradients that were made elsewhere. */
function groupsOf(measured: Measured): readonly Group[] {
  if (!isModel(measured)) return [{ population: 'all', loss: null, ...measured }]
  const { shuffled, populations = [] } = measured
  return [
    { population: 'all', ...measured },
    { population: 'labels shuffled', ...shuffled },
    ...populations.map(({ name, ...rest }) => ({ population: name, ...rest })),
  ]
}
