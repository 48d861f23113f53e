import { statisticSum } from '@coherent-gradients/coherence'
import type { ChunkSums } from './chunk-sums.ts'

/** Sums of chunks that grow from left to right, in float64. */
export interface FoldedSums {
  add(chunk: ChunkSums): void
  total(): ChunkSums
}

export function foldedSums(): FoldedSums {
  const statistic = statisticSum()
  let loss = 0
  return {
    add(chunk) {
      loss += chunk.loss
      statistic.add(chunk.statistic)
    },
    total: () => ({ loss, statistic: statistic.total() }),
  }
}
