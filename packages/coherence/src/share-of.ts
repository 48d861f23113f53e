import type { CoherenceSummary } from './summarise.ts'

/** A part's weight in the convex combination that the whole's α is. */
export function shareOf(part: CoherenceSummary, whole: CoherenceSummary): number {
  return whole.meanSquaredNorm === 0 ? 0 : part.meanSquaredNorm / whole.meanSquaredNorm
}
