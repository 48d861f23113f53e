import type { ExampleProjections } from './example-projections.ts'

/**
 * α of every sample with one example left out: [m], 0 where all the others are zero. Requires m ≥ 2. Costs O(m).
 *
 *   α₍ᵢ₎ = (‖Σg‖² − 2 gᵢ·Σg + ‖gᵢ‖²) / ((m − 1)(Σⱼ‖gⱼ‖² − ‖gᵢ‖²))
 */
export function withoutOne({ squaredNorms, dots }: ExampleProjections): Float64Array {
  const m = squaredNorms.length
  const { squaredNormOfSum, sumOfSquaredNorms } = totalOfProjections({ squaredNorms, dots })
  return Float64Array.from({ length: m }, (_, i) => {
    const others = sumOfSquaredNorms - squaredNorms[i]!
    if (others <= 0) return 0
    const squaredNormOfOthers = squaredNormOfSum - 2 * dots[i]! + squaredNorms[i]!
    // Where one gradient outweighs all others these differences are mostly rounding; α without it is still in [0, 1].
    return Math.min(1, Math.max(0, squaredNormOfOthers / ((m - 1) * others)))
  })
}

/** The two sums, from the examples' parts in them: ‖Σg‖² = Σᵢ gᵢ·Σg. */
export function totalOfProjections({ squaredNorms, dots }: ExampleProjections): {
  squaredNormOfSum: number
  sumOfSquaredNorms: number
} {
  let [squaredNormOfSum, sumOfSquaredNorms] = [0, 0]
  for (let i = 0; i < squaredNorms.length; i++) {
    squaredNormOfSum += dots[i]!
    sumOfSquaredNorms += squaredNorms[i]!
  }
  return { squaredNormOfSum, sumOfSquaredNorms }
}
