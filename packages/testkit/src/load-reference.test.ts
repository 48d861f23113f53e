import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadReference, referenceNames, relativeError } from './index.ts'

describe('reference vectors', () => {
  it('lists every file', () => {
    const files = readdirSync(new URL('../reference', import.meta.url)).map((file) => file.replace('.json', ''))
    expect([...referenceNames].toSorted()).toEqual(files.toSorted())
  })

  it.each(referenceNames)('%s agrees with itself: squared norms are the sums over its gradients', (name) => {
    const reference = loadReference(name)
    const m = reference.examples
    const squaredNorms = Array.from({ length: m }, () => 0)
    for (const weight of reference.parameterOrder) {
      const { data, shape } = reference.perExampleGradients[weight]!
      expect(shape).toEqual([m, ...reference.weights[weight]!.shape])
      const size = data.length / m
      for (const [index, x] of data.entries()) squaredNorms[Math.floor(index / size)]! += x * x
    }
    expect(relativeError(squaredNorms, reference.expected.squaredNorms.data)).toBeLessThan(1e-12)
  })
})
