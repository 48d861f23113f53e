/**
 * Drops the points of a line that nobody can see: of each run of consecutive points in one pixel column only the
 * first, the lowest, the highest and the last stay, in their order. The drawn line covers the same pixels; no peak is
 * lost. Works on pixels, so it suits any scale, and on lines that turn back. NaN breaks a line and stays a break.
 *
 * @param points [x, y] in pixels, in drawing order.
 * @param column width of a column in pixels.
 */
export function thinLine(points: readonly (readonly [number, number])[], column = 1): [number, number][] {
  const kept: [number, number][] = []
  let start = 0
  const isGap = (i: number): boolean => !Number.isFinite(points[i]![0]) || !Number.isFinite(points[i]![1])
  const columnOf = (i: number): number => (isGap(i) ? NaN : Math.floor(points[i]![0] / column))
  for (let end = 1; end <= points.length; end++) {
    if (end < points.length && columnOf(end) === columnOf(start)) continue
    if (isGap(start)) {
      if (kept.length > 0 && !Number.isNaN(kept.at(-1)![1])) kept.push([NaN, NaN])
    } else {
      let [lowest, highest] = [start, start]
      for (let i = start; i < end; i++) {
        if (points[i]![1] < points[lowest]![1]) lowest = i
        if (points[i]![1] > points[highest]![1]) highest = i
      }
      for (const i of [...new Set([start, lowest, highest, end - 1])].toSorted((a, b) => a - b)) {
        kept.push([points[i]![0], points[i]![1]])
      }
    }
    start = end
  }
  return kept
}
