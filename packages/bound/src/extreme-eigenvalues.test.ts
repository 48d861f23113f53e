import { keyOf } from '@coherent-gradients/core'
import { fc, it } from '@fast-check/vitest'
import '@coherent-gradients/testkit'
import { describe, expect } from 'vitest'
import { extremeEigenvalues, finiteDifferenceProduct } from './index.ts'

/** A symmetric matrix with a known spectrum: a diagonal one, turned by a Householder reflection. */
function reflected(spectrum: readonly number[], direction: readonly number[]): (v: Float64Array) => Float64Array {
  const norm = Math.hypot(...direction)
  const u = direction.map((x) => x / norm)
  const reflect = (v: Float64Array): Float64Array => {
    const along = v.reduce((sum, x, j) => sum + x * u[j]!, 0)
    return v.map((x, j) => x - 2 * along * u[j]!)
  }
  return (v) => reflect(reflect(v).map((x, j) => x * spectrum[j]!))
}

const someSpectrum = fc.array(
  fc.integer({ min: -50, max: 50 }).map((x) => x / 4),
  { minLength: 1, maxLength: 12 },
)

describe('extremeEigenvalues', () => {
  it.prop([someSpectrum, fc.integer({ min: 0, max: 1000 })])(
    'finds both ends of a known spectrum',
    async (spectrum, seed) => {
      const direction = spectrum.map((_, j) => 1 + ((j * 7) % 5))
      const found = await extremeEigenvalues(reflected(spectrum, direction), spectrum.length, {
        key: keyOf(seed),
        tolerance: 1e-14,
      })
      expect(found.largest).toBeAllClose(Math.max(...spectrum), { rtol: 1e-6, atol: 1e-6 })
      expect(found.smallest).toBeAllClose(Math.min(...spectrum), { rtol: 1e-6, atol: 1e-6 })
      expect(found.spectralNorm).toBeAllClose(Math.max(...spectrum.map(Math.abs)), { rtol: 1e-6, atol: 1e-6 })
      expect(found.converged).toBe(true)
    },
  )

  it('needs few products where the ends stand apart, and never leaves the spectrum', async () => {
    const spectrum = Array.from({ length: 2000 }, (_, j) => (j === 0 ? 100 : j === 1 ? -30 : Math.sin(j)))
    const direction = spectrum.map((_, j) => 1 + (j % 3))
    const product = reflected(spectrum, direction)
    const { largest, smallest, products, converged } = await extremeEigenvalues(product, 2000, { key: keyOf(1) })
    expect(largest).toBeAllClose(100, { rtol: 1e-6 })
    expect(largest).toBeLessThanOrEqual(100 + 1e-9)
    expect(smallest).toBeAllClose(-30, { rtol: 1e-3 })
    expect(smallest).toBeGreaterThanOrEqual(-30 - 1e-9)
    expect([converged, products < 15]).toEqual([true, true])
    const cut = await extremeEigenvalues(product, 2000, { key: keyOf(1), iterations: 2 })
    expect(cut).toMatchObject({ products: 2, converged: false })
    expect(cut.spectralNorm).toBeLessThanOrEqual(100)
  })

  it('gives 0 for a matrix of zeros', async () => {
    const found = await extremeEigenvalues((v) => new Float64Array(v.length), 5, { key: keyOf(0) })
    expect(found).toMatchObject({ largest: 0, smallest: 0, spectralNorm: 0, converged: true })
  })

  it.each([
    [{ size: 0 }, /required size ≥ 1, found 0/],
    [{ iterations: 0 }, /required iterations ≥ 1, found 0/],
    [{ product: (): Float64Array => new Float64Array(2) }, /required a vector of 3, found one of 2/],
    [{ product: (v: Float64Array): Float64Array => v.fill(NaN) }, /required finite products/],
  ])('refuses %o', async (change, message) => {
    const { size, product, ...options } = { size: 3, product: (v: Float64Array) => v, ...change }
    await expect(extremeEigenvalues(product, size, { key: keyOf(0), ...options })).rejects.toThrow(message)
  })
})

describe('finiteDifferenceProduct', () => {
  it.prop([someSpectrum])('is exact on a quadratic but for rounding', async (spectrum) => {
    const matrix = reflected(
      spectrum,
      spectrum.map((_, j) => 2 + (j % 4)),
    )
    const weights = Float64Array.from(spectrum, (_, j) => j / 3 - 1)
    const product = finiteDifferenceProduct(matrix, weights, 1e-2)
    const v = Float64Array.from(spectrum, (_, j) => 1 + (j % 2))
    expect(await product(v)).toBeAllClose(matrix(v), { rtol: 1e-9, atol: 1e-9 })
    const scaled = await product(v.map((x) => 1e6 * x))
    expect(scaled).toBeAllClose(
      matrix(v).map((x) => 1e6 * x),
      { rtol: 1e-9, atol: 1e-3 },
    )
  })

  it('finds with Lanczos what the exact Hessian of a small network has', async () => {
    // ℓ(u, w) = ½ Σᵢ (w · tanh(u xᵢ) − yᵢ)²/n with scalars u and w: a 2 × 2 Hessian, by second differences of ℓ.
    const data = [
      [0.5, 1],
      [-1, 0.3],
      [2, -0.7],
    ] as const
    const loss = (u: number, w: number): number =>
      data.reduce((sum, [x, y]) => sum + (w * Math.tanh(u * x) - y) ** 2 / (2 * data.length), 0)
    const gradient = (at: Float64Array): Float64Array => {
      const [u, w] = [at[0]!, at[1]!]
      const sums = [0, 0]
      for (const [x, y] of data) {
        const h = Math.tanh(u * x)
        const error = (w * h - y) / data.length
        sums[0]! += error * w * (1 - h * h) * x
        sums[1]! += error * h
      }
      return Float64Array.from(sums)
    }
    const at = Float64Array.of(0.4, -0.9)
    const e = 1e-3
    const [u, w] = [at[0]!, at[1]!]
    const huu = (loss(u + e, w) - 2 * loss(u, w) + loss(u - e, w)) / e ** 2
    const hww = (loss(u, w + e) - 2 * loss(u, w) + loss(u, w - e)) / e ** 2
    const huw = (loss(u + e, w + e) - loss(u + e, w - e) - loss(u - e, w + e) + loss(u - e, w - e)) / (4 * e ** 2)
    const middle = (huu + hww) / 2
    const radius = Math.hypot((huu - hww) / 2, huw)
    const found = await extremeEigenvalues(finiteDifferenceProduct(gradient, at, 1e-4), 2, { key: keyOf(3) })
    expect(found.largest).toBeAllClose(middle + radius, { rtol: 1e-4, atol: 1e-5 })
    expect(found.smallest).toBeAllClose(middle - radius, { rtol: 1e-4, atol: 1e-5 })
  })

  it('gives 0 for 0, and refuses a distance of 0 and other lengths', async () => {
    const product = finiteDifferenceProduct((w) => w, Float64Array.of(1, 2), 0.1)
    expect(await product(new Float64Array(2))).toEqual(new Float64Array(2))
    await expect(product(new Float64Array(3))).rejects.toThrow(/required a vector of 2, found one of 3/)
    expect(() => finiteDifferenceProduct((w) => w, Float64Array.of(1), 0)).toThrow(/distance > 0, found 0/)
    const bad = finiteDifferenceProduct(() => new Float64Array(1), Float64Array.of(1, 2), 0.1)
    await expect(bad(Float64Array.of(1, 1))).rejects.toThrow(/required a vector of 2, found one of 1/)
  })
})
