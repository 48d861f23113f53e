import type { ParameterStatistic, ParameterValues } from './parameter-statistic.ts'

/**
 * Coherence parameter by parameter.
 *
 *   αⱼ = ((1/m) Σᵢ gᵢⱼ)² / ((1/m) Σᵢ gᵢⱼ²)
 *
 * Index legend: i of m examples, j of a weight's elements. Scale-free. The whole α is their average, each weighted by
 * its part Σᵢ gᵢⱼ² of Σᵢ ‖gᵢ‖² (Theorem 7). Where the gradients of a parameter are of one size, αⱼ says whether their
 * signs agree; by chance alone it is about 1/m.
 *
 * @returns one value in [0, 1] for every element of every weight; 0 where all its gradients are zero.
 * @throws RangeError when the statistic is empty (required m ≥ 1, found 0).
 * @see "On the Generalization Mystery in Deep Learning", §4: coherence at the level of parameters.
 *
 * @example
 * alphaPerParameter(parameterStatisticOfRows([[1, 1], [1, -1]]))[0].values // [1, 0]
 */
export function alphaPerParameter(statistic: ParameterStatistic): ParameterValues[] {
  const { m, blocks } = statistic
  if (m < 1) throw new RangeError(`coherence: required m ≥ 1, found ${m}`)
  return blocks.map(({ name, layer, sum, sumOfSquares }) => ({
    name,
    layer,
    values: sum.map((s, j) => (sumOfSquares[j] === 0 ? 0 : Math.min(1, s ** 2 / (m * sumOfSquares[j]!)))),
  }))
}
