import { loadReference, referenceNames } from '@coherent-gradients/testkit'
import { describe, expect, it } from 'vitest'
import { alpha, byName, meanSquaredNorm, statisticOfBlocks, summarise, weights } from './index.ts'

describe.each(referenceNames)('reference network %s', (name) => {
  const { examples, parameterOrder, perExampleGradients, expected } = loadReference(name)
  const statistic = statisticOfBlocks(
    parameterOrder.map((weight) => ({
      name: weight,
      rows: { m: examples, data: perExampleGradients[weight]!.data },
    })),
  )
  const close = { rtol: 1e-10 }

  it('has the expected α, m·α and norms', () => {
    const summary = summarise(statistic)
    expect(summary.m).toBe(examples)
    expect(summary.alpha).toBeAllClose(expected.alpha, close)
    expect(summary.mAlpha).toBeAllClose(expected.mAlpha, close)
    expect(summary.alphaDebiased!).toBeAllClose(expected.alphaDebiased, close)
    expect(summary.meanSquaredNorm).toBeAllClose(expected.meanOfSquaredNorms, close)
    expect(summary.squaredNormOfMean).toBeAllClose(expected.squaredNormOfMean, close)
  })

  it('has the expected α and second moment in every weight', () => {
    const found = weights(statistic)
    expect(found.map((weight) => weight.name)).toEqual(parameterOrder)
    for (const weight of parameterOrder) {
      expect(alpha(statistic, byName(weight))).toBeAllClose(expected.alphaPerParameterTensor[weight]!, close)
      expect(meanSquaredNorm(statistic, byName(weight))).toBeAllClose(
        expected.secondMomentPerParameterTensor[weight]!,
        close,
      )
    }
  })
})
