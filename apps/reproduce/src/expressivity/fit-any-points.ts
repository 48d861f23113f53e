/** y(x) = Σⱼ wⱼ·max(a·x − bⱼ, 0): d + 2n weights. */
export interface TwoLayerNetwork {
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly w: readonly number[]
  /** The denominator common to all wⱼ, and each wⱼ times it, exactly. */
  readonly exact: { readonly denominator: bigint; readonly w: readonly bigint[] }
}

/**
 * A two-layer ReLU network with 2n + d weights that fits any n points exactly, written down and not trained.
 *
 * a projects the points onto a line, where they must be apart; sorted by the projection z, unit j starts at the point
 * before it, so that unit j is the first to act at point j and bends the line to the next label: wⱼ is the difference of
 * two slopes.
 *
 *   bⱼ = zⱼ₋₁ (b₁ = z₁ − 1),   wⱼ = sⱼ − sⱼ₋₁,   sⱼ = (yⱼ − yⱼ₋₁)/(zⱼ − bⱼ)
 *
 * @param points n points of whole numbers, and `labels`, whole numbers as well.
 * @throws RangeError when a projects two points to one place.
 * @see Zhang et al., "Understanding deep learning requires rethinking generalization" (2017), Theorem 1.
 */
export function fitAnyPoints(
  points: readonly (readonly number[])[],
  labels: readonly number[],
  a: readonly number[],
): TwoLayerNetwork {
  const order = points.map((x, i) => ({ z: project(a, x), y: labels[i]! })).toSorted((one, other) => one.z - other.z)
  const b = order.map(({ z }, j) => (j === 0 ? z - 1 : order[j - 1]!.z))
  const gaps = order.map(({ z }, j) => z - b[j]!)
  const rises = order.map(({ y }, j) => y - (order[j - 1]?.y ?? 0))
  const same = gaps.findIndex((gap) => gap <= 0)
  if (same !== -1) throw new RangeError(`fitAnyPoints: required different projections, found ${order[same]!.z} twice`)
  const slopes = rises.map((rise, j) => rise / gaps[j]!)
  const denominator = gaps.reduce((product, gap) => product * BigInt(gap), 1n)
  const exactSlopes = rises.map((rise, j) => BigInt(rise) * (denominator / BigInt(gaps[j]!)))
  return {
    a,
    b,
    w: slopes.map((slope, j) => slope - (slopes[j - 1] ?? 0)),
    exact: { denominator, w: exactSlopes.map((slope, j) => slope - (exactSlopes[j - 1] ?? 0n)) },
  }
}

/** a·x. */
export function project(a: readonly number[], x: readonly number[]): number {
  return a.reduce((sum, weight, j) => sum + weight * x[j]!, 0)
}

/** The network's output where the projection is z, in float64. */
export function outputAt({ b, w }: TwoLayerNetwork, z: number): number {
  return w.reduce((sum, weight, j) => sum + weight * Math.max(z - b[j]!, 0), 0)
}

/** Whether the network gives the label where the projection is z, in whole numbers without any rounding. */
export function fitsExactly({ b, exact }: TwoLayerNetwork, z: number, label: number): boolean {
  const output = exact.w.reduce((sum, weight, j) => sum + weight * BigInt(Math.max(z - b[j]!, 0)), 0n)
  return output === BigInt(label) * exact.denominator
}
