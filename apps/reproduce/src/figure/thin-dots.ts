/** Drops dots that lie on another one: of all within the same half pixel the first stays. NaN is no dot. */
export function thinDots(points: readonly (readonly [number, number])[], cell = 0.5): [number, number][] {
  const seen = new Map<string, [number, number]>()
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue
    const key = `${Math.round(x / cell)} ${Math.round(y / cell)}`
    if (!seen.has(key)) seen.set(key, [x, y])
  }
  return [...seen.values()]
}
