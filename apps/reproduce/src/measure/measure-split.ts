import { canonicalChunks, type GradientStatistic } from '@coherent-gradients/coherence'
import type { Failure, Split } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { chunkProjections, type ScopeProjections } from './chunk-projections.ts'
import { chunkSums, type ChunkSums } from './chunk-sums.ts'
import { foldedSums } from './folded-sums.ts'
import { imputedScopesOf } from './imputed-scopes-of.ts'
import { batchChunks } from './in-batches.ts'
import type { Labelling, Measurement } from './measurement.ts'
import { asTheyAre } from './shuffled-labels.ts'
import { scopesOf, type MeasuredSplit } from './scopes-of.ts'

export interface MeasureOptions extends Measurement {
  /** The same examples under other labels, measured in the first pass, without standard errors. */
  readonly relabelled?: readonly Labelling[]
  /** Given the sums over all examples as they are labelled. */
  readonly keep?: (own: GradientStatistic) => void
  /** Told after each batch how many examples were gone through. Each counts twice, and once more a relabelling. */
  readonly tell?: (examples: number) => void
}

/**
 * Coherence of all examples of a split, whole and layer by layer, and of the same under other labels.
 *
 * Where batch normalisation goes by batches, a chunk is a batch, and the split has whole batches only.
 *
 * Examples are gone through twice, chunk after chunk ({@link canonicalChunks}) and batch after batch: in the memory of one
 * batch's gradients, of two numbers an example and scope, and of two gradients in float64 a labelling. The model stays as
 * it is.
 *
 * @returns the split as it is, then under each of the other labels; left where an example can't be read, its label is out
 *   of the model's range or its gradient isn't finite (its id is named), or where a layer has no rule (it is named).
 */
export async function measureSplit(
  split: Split,
  { relabelled = [], keep, tell, ...measurement }: MeasureOptions,
): Promise<E.Either<Failure, readonly [MeasuredSplit, ...MeasuredSplit[]]>> {
  const m = split.ids.length
  const { batchNorm } = measurement
  const chunks = batchNorm === undefined ? canonicalChunks(m) : batchChunks(m, batchNorm)
  const scopes = (sums: ChunkSums, of: readonly ScopeProjections[] = []): MeasuredSplit =>
    batchNorm?.how === 'imputed' ? imputedScopesOf(sums, batchNorm.batchSize, of) : scopesOf(sums, of)
  const labellings = [asTheyAre, ...relabelled]
  const folded = labellings.map(foldedSums)
  for (const chunk of chunks) {
    const sums = await chunkSums(split, chunk, measurement, labellings, tell)
    if (E.isLeft(sums)) return sums
    sums.right.forEach((sum, l) => folded[l]!.add(sum))
  }
  const [own, ...others] = folded.map((sums) => sums.total())
  keep?.(own!.statistic)
  const projections: ScopeProjections[] = []
  if (m > 1) {
    for (const chunk of chunks) {
      const projected = await chunkProjections(split, chunk, measurement, own!.statistic, tell)
      if (E.isLeft(projected)) return projected
      projections.push(projected.right)
    }
  }
  return E.right([scopes(own!, projections), ...others.map((sums) => scopes(sums))])
}
