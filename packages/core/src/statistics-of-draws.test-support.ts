import { createHash } from 'node:crypto'

// What the tests ask of random numbers. Not exported from the package.

export function moments(x: Float64Array): {
  mean: number
  variance: number
  skewness: number
  kurtosis: number
  range: [number, number]
} {
  const mean = x.reduce((sum, v) => sum + v, 0) / x.length
  const central = (power: number): number => x.reduce((sum, v) => sum + (v - mean) ** power, 0) / x.length
  const variance = central(2)
  const range: [number, number] = [Infinity, -Infinity]
  for (const v of x) {
    range[0] = Math.min(range[0], v)
    range[1] = Math.max(range[1], v)
  }
  return { mean, variance, skewness: central(3) / variance ** 1.5, kurtosis: central(4) / variance ** 2, range }
}

/** Kolmogorov and Smirnov's largest distance between the empirical and the uniform distribution on [0, 1]. */
export function distanceFromUniform(x: Float64Array): number {
  const sorted = Float64Array.from(x).toSorted()
  let distance = 0
  sorted.forEach((v, i) => {
    distance = Math.max(distance, (i + 1) / sorted.length - v, v - i / sorted.length)
  })
  return distance
}

/** Φ(z) by Simpson's rule on the density: slow and independent of the quantile under test; error below 1e-9. */
export function normalProbability(z: number): number {
  const cells = 64
  const h = z / cells
  let sum = 0
  for (let i = 0; i <= cells; i++) {
    const weight = i === 0 || i === cells ? 1 : i % 2 === 1 ? 4 : 2
    sum += weight * Math.exp(-((i * h) ** 2) / 2)
  }
  return 0.5 + (sum * h) / 3 / Math.sqrt(2 * Math.PI)
}

export function digest(x: ArrayBufferView): string {
  return createHash('sha256')
    .update(new Uint8Array(x.buffer, x.byteOffset, x.byteLength))
    .digest('hex')
}
