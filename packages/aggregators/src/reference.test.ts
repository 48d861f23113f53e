import '@tensorflow/tfjs-backend-cpu'
import { registerKernels } from '@coherent-gradients/kernels/tfjs'
import { loadReference, referenceNames, type Reference } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { aggregated, formedStack } from './hand-made-stack.test-support.ts'
import { coordinateMedian, mean, medianOfMeans, winsorizedMean } from './index.ts'

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

describe.each(referenceNames)('%s', (name) => {
  const reference = loadReference(name)
  const rows = gradientsOf(reference)
  const { winsorized, coordinateMedian: median, medianOfMeansOf3 } = reference.expected
  const tolerance = { rtol: 1e-6, atol: 1e-7 }

  beforeAll(async () => {
    await tf.setBackend('cpu')
    registerKernels('cpu')
  })

  test.each(Object.keys(winsorized))('winsorized by count %s', (c) => {
    const stack = formedStack(rows)
    expect(aggregated(winsorizedMean({ count: Number(c) }), stack)).toBeAllClose([...winsorized[c]!.data], tolerance)
    stack.dispose()
  })

  test('winsorized by count 0 is the mean', () => {
    const stack = formedStack(rows)
    expect(aggregated(mean(), stack)).toBeAllClose([...winsorized['0']!.data], tolerance)
    stack.dispose()
  })

  test('coordinate median', () => {
    const stack = formedStack(rows)
    expect(aggregated(coordinateMedian(), stack)).toBeAllClose([...median.data], tolerance)
    stack.dispose()
  })

  test('median of the means of three groups', () => {
    const stack = formedStack(meansOf(rows, 3))
    expect(aggregated(medianOfMeans({ groups: 3 }), stack)).toBeAllClose([...medianOfMeansOf3.data], tolerance)
    stack.dispose()
  })
})
