import { openEngine } from '@coherent-gradients/engine'
import { loadReference, type Reference, referenceNames, rightOf, testEngines } from '@coherent-gradients/testkit'
import { beforeAll, describe, expect, test } from 'vitest'
import { aggregated, formedStack } from './hand-made-stack.test-support.ts'
import { coordinateMedian, mean, medianOfMeans, trimmedMean, winsorizedMean } from './index.ts'

/** [m][p] every example's own gradient, the weights joined in the reference's order. */
function gradientsOf({ examples, parameterOrder, perExampleGradients }: Reference): number[][] {
  return Array.from({ length: examples }, (_, i) =>
    parameterOrder.flatMap((name) => {
      const { data } = perExampleGradients[name]!
      const size = data.length / examples
      return data.slice(i * size, (i + 1) * size)
    }),
  )
}

/** [k][p] means of k equal groups of consecutive rows. */
function meansOf(rows: readonly number[][], k: number): number[][] {
  const size = rows.length / k
  return Array.from({ length: k }, (_, r) =>
    rows[0]!.map((__, j) => rows.slice(r * size, (r + 1) * size).reduce((sum, row) => sum + row[j]!, 0) / size),
  )
}

const cases = testEngines.flatMap((engine) => referenceNames.map((name) => ({ engine, name })))

describe.each(cases)('$name on $engine', ({ engine, name }) => {
  const reference = loadReference(name)
  const rows = gradientsOf(reference)
  const { winsorized, trimmedMean: trimmed, coordinateMedian: median, medianOfMeansOf3 } = reference.expected
  const tolerance = { rtol: 1e-6, atol: 1e-7 }

  beforeAll(async () => {
    rightOf(await openEngine(engine)())
  })

  test.each(Object.keys(winsorized))('winsorized by count %s', async (c) => {
    const stack = formedStack(rows)
    expect(await aggregated(winsorizedMean({ count: Number(c) }), stack)).toBeAllClose(
      [...winsorized[c]!.data],
      tolerance,
    )
    stack.dispose()
  })

  test.each(Object.keys(trimmed))('trimmed by count %s', async (c) => {
    const stack = formedStack(rows)
    expect(await aggregated(trimmedMean({ count: Number(c) }), stack)).toBeAllClose([...trimmed[c]!.data], tolerance)
    stack.dispose()
  })

  test('winsorized by count 0 is the mean', async () => {
    const stack = formedStack(rows)
    expect(await aggregated(mean(), stack)).toBeAllClose([...winsorized['0']!.data], tolerance)
    stack.dispose()
  })

  test('coordinate median', async () => {
    const stack = formedStack(rows)
    expect(await aggregated(coordinateMedian(), stack)).toBeAllClose([...median.data], tolerance)
    stack.dispose()
  })

  test('median of the means of three groups', async () => {
    const stack = formedStack(meansOf(rows, 3))
    expect(await aggregated(medianOfMeans({ groups: 3 }), stack)).toBeAllClose([...medianOfMeansOf3.data], tolerance)
    stack.dispose()
  })
})
