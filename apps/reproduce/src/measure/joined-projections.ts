import type { Projections, ScopeProjections } from './chunk-projections.ts'

/** One scope's projections of all chunks, in order; undefined where none were made. */
export function joinedProjections(
  rows: number,
  projections: readonly ScopeProjections[],
  scope: string,
): Projections | undefined {
  if (projections.length === 0) return undefined
  const [squaredNorms, dots] = [new Float64Array(rows), new Float64Array(rows)]
  let at = 0
  for (const chunk of projections) {
    const found = chunk.get(scope)!
    squaredNorms.set(found.squaredNorms, at)
    dots.set(found.dots, at)
    at += found.dots.length
  }
  return { squaredNorms, dots }
}
