import { normals, type Key } from '@coherent-gradients/core'
import { requireSameSize } from './require-same-size.ts'
import { tridiagonalEnds } from './tridiagonal-ends.ts'

/** A symmetric matrix as the products with it. May reuse nothing that it has given before. */
export type SymmetricProduct = (v: Float64Array) => Float64Array | Promise<Float64Array>

export interface ExtremeEigenvaluesOptions {
  /** Draws the vector that the iteration begins with. */
  readonly key: Key
  /** The most products to make; each keeps a vector of the matrix's size. Default 60. */
  readonly iterations?: number
  /** Stop when both ends have moved by less than this part of the spectral norm. Default 1e-4. */
  readonly tolerance?: number
}

export interface ExtremeEigenvalues {
  readonly largest: number
  readonly smallest: number
  /** The larger of their absolute values: how far a unit vector can get. */
  readonly spectralNorm: number
  /** Products made. */
  readonly products: number
  /** Whether the ends had come to rest, or the vectors had filled the space. */
  readonly converged: boolean
}

/**
 * The largest and the smallest eigenvalue of a symmetric matrix that only its products are known of, by Lanczos's
 * iteration with full reorthogonalisation.
 *
 * Both come from inside the spectrum: the largest is never above the true one but by rounding, so the spectral norm is an
 * estimate from below. A start that is orthogonal to an eigenvector never finds it; a random one isn't, surely.
 *
 * @param size p ≥ 1, of the vectors.
 * @throws RangeError when the size or an option is out of range, or a product has another length or isn't finite.
 *
 * @example
 * const { largest } = await extremeEigenvalues((v) => v.map((x, j) => (j + 1) * x), 3, { key: keyOf(1) }) // 3
 */
export async function extremeEigenvalues(
  product: SymmetricProduct,
  size: number,
  { key, iterations = 60, tolerance = 1e-4 }: ExtremeEigenvaluesOptions,
): Promise<ExtremeEigenvalues> {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`extremeEigenvalues: required size ≥ 1, found ${size}`)
  if (!Number.isInteger(iterations) || iterations < 1) {
    throw new RangeError(`extremeEigenvalues: required iterations ≥ 1, found ${iterations}`)
  }
  const basis: Float64Array[] = []
  const diagonal: number[] = []
  const beside: number[] = []
  let next = scaled(Float64Array.from(normals(key, size)))
  let ends = { smallest: 0, largest: 0 }
  let converged = false
  while (basis.length < Math.min(iterations, size)) {
    const v = next
    basis.push(v)
    const image = Float64Array.from(await product(v))
    requireSameSize('extremeEigenvalues', size, image.length)
    const along = dot(image, v)
    if (!Number.isFinite(along))
      throw new RangeError('extremeEigenvalues: required finite products, found one that is not')
    diagonal.push(along)
    // Twice, because once leaves what rounding has put back.
    for (let pass = 0; pass < 2; pass++) for (const u of basis) subtract(image, u, dot(image, u))
    const before = ends
    ends = tridiagonalEnds(diagonal, beside)
    const norm = spectralNorm(ends)
    const rest = Math.sqrt(dot(image, image))
    const moved = Math.max(ends.largest - before.largest, before.smallest - ends.smallest)
    // An invariant subspace: what is left is rounding.
    if (rest <= 1e-12 * norm || rest === 0 || basis.length === size) converged = true
    else if (basis.length > 2 && moved <= tolerance * norm) converged = true
    if (converged) break
    beside.push(rest)
    next = scaled(image)
  }
  return { ...ends, spectralNorm: spectralNorm(ends), products: basis.length, converged }
}

function spectralNorm({ smallest, largest }: { readonly smallest: number; readonly largest: number }): number {
  return Math.max(Math.abs(smallest), Math.abs(largest))
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!
  return sum
}

/** target ← target − factor · v. */
function subtract(target: Float64Array, v: Float64Array, factor: number): void {
  for (let j = 0; j < target.length; j++) target[j]! -= factor * v[j]!
}

/** v at length 1, in place. */
function scaled(v: Float64Array): Float64Array {
  const length = Math.sqrt(dot(v, v))
  for (let j = 0; j < v.length; j++) v[j]! /= length
  return v
}
