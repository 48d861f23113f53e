import type { ParameterStatistic, ParameterValues } from './parameter-statistic.ts'

/**
 * The gradient's signal-to-noise ratio, parameter by parameter: its squared mean over its variance.
 *
 *   GSNRⱼ = ḡⱼ² / ((1/m) Σᵢ (gᵢⱼ − ḡⱼ)²) = αⱼ / (1 − αⱼ)
 *
 * Index legend: i of m examples, j of a weight's elements; ḡ the mean. The variance is the population's, divided by m;
 * with that divisor the relation to {@link alphaPerParameter} is exact on every sample. Scale-free. The variance is a
 * difference of sums: above about 1e8 only the order of magnitude is right.
 *
 * @returns one value in [0, ∞] for every element of every weight: Infinity where all its gradients are equal (m = 1
 *   too), 0 where they cancel or are all zero.
 * @throws RangeError when the statistic is empty (required m ≥ 1, found 0).
 * @see Liu et al., "Understanding Why Neural Networks Generalize Well Through GSNR of Parameters", 2020.
 *
 * @example
 * gsnr(parameterStatisticOfRows([[1, 1], [3, -1]]))[0].values // [4, 0]
 */
export function gsnr(statistic: ParameterStatistic): ParameterValues[] {
  const { m, blocks } = statistic
  if (m < 1) throw new RangeError(`coherence: required m ≥ 1, found ${m}`)
  return blocks.map(({ name, layer, sum, sumOfSquares }) => ({
    name,
    layer,
    values: sum.map((s, j) => {
      const signal = s ** 2
      return signal === 0 ? 0 : signal / Math.max(0, m * sumOfSquares[j]! - signal)
    }),
  }))
}
