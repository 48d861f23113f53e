import type { Failure } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import type { ConstantsUsed } from './bounded.ts'
import type { MeasuredSeries } from './measured-series.ts'
import { seriesFailure } from './series-failure.ts'

export interface ConstantsWanted {
  readonly lipschitz: number | 'estimate'
  readonly smoothness: number | 'estimate'
  readonly examples?: number
  readonly dataDir?: string
}

/** L, β and m: as given, as the run says, or as its weights let them be estimated. */
export async function constantsOf(
  series: MeasuredSeries,
  wanted: ConstantsWanted,
): Promise<E.Either<Failure, ConstantsUsed>> {
  const { lipschitz, smoothness } = wanted
  const examples = wanted.examples ?? series.examples
  if (examples === undefined) {
    return E.left(seriesFailure(series.source, 'doesn’t say how many examples were trained on: give --examples m'))
  }
  if (typeof lipschitz === 'number' && typeof smoothness === 'number') {
    return E.right({ lipschitz, smoothness, examples, provenance: 'given', notes: [] })
  }
  const { estimateConstants } = await import('./estimate-constants.ts')
  const estimated = await estimateConstants(series, wanted)
  return E.map(({ notes, ...found }: { lipschitz: number; smoothness: number; notes: readonly string[] }) => ({
    lipschitz: lipschitz === 'estimate' ? found.lipschitz : lipschitz,
    smoothness: smoothness === 'estimate' ? found.smoothness : smoothness,
    examples,
    provenance: 'estimated' as const,
    notes,
  }))(estimated)
}
