import type { Failure } from '@coherent-gradients/core'
import type { RunLog } from '@coherent-gradients/runlog'
import type { taskEither as TE } from 'fp-ts'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import { writeOutcome } from '../write-outcome.ts'
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
  return writeOutcome(folder, {
    name: 'bound',
    json: boundedJson(found),
    svg: figureToSvg(drawBounded(found)),
    table: 'bound',
    fill: (log) => appendSteps(log, found),
  })
}

async function appendSteps(log: RunLog, { series, result, logTerms, logSums }: Bounded): Promise<void> {
  const measured = new Set(series.probes.map(({ step }) => step))
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
}
