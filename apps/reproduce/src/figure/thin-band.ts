/**
 * Joins the intervals of a band that fall into one pixel column into one that covers them all.
 *
 * @param band [x, one edge, other edge] in pixels, in drawing order; entries that aren't finite are left out.
 */
export function thinBand(band: readonly (readonly [number, number, number])[], column = 1): [number, number, number][] {
  const kept: [number, number, number][] = []
  for (const [x, a, b] of band) {
    if (![x, a, b].every(Number.isFinite)) continue
    const last = kept.at(-1)
    const [low, high] = [Math.min(a, b), Math.max(a, b)]
    if (last !== undefined && Math.floor(last[0] / column) === Math.floor(x / column)) {
      last[1] = Math.min(last[1], low)
      last[2] = Math.max(last[2], high)
    } else kept.push([x, low, high])
  }
  return kept
}
