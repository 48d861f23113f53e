import type { BoundConstants, BoundStep } from './index.ts'

/** mantissa · 2^exponent, the mantissa of about 240 bits: what a float64 would be with five times the bits. */
interface Big {
  readonly mantissa: bigint
  readonly exponent: number
}

const BITS = 240
const ZERO: Big = { mantissa: 0n, exponent: 0 }
const ONE = big(1)

/** Logarithms as whole numbers of 2^−BITS. */
const UNIT = 1n << BigInt(BITS)

/** A float64, exactly. */
function big(value: number): Big {
  let exponent = 0
  let x = value
  while (!Number.isInteger(x)) {
    x *= 2
    exponent--
    if (!Number.isFinite(x)) throw new RangeError(`big: ${value}`)
  }
  return { mantissa: BigInt(x), exponent }
}

function trimmed(mantissa: bigint, exponent: number): Big {
  const extra = bitLength(mantissa) - BITS
  return extra > 0 ? { mantissa: mantissa >> BigInt(extra), exponent: exponent + extra } : { mantissa, exponent }
}

function bitLength(x: bigint): number {
  if (x === 0n) return 0
  const hex = x.toString(16)
  return 4 * hex.length - Math.clz32(Number.parseInt(hex[0]!, 16)) + 28
}

function times(a: Big, b: Big): Big {
  return trimmed(a.mantissa * b.mantissa, a.exponent + b.exponent)
}

function plus(a: Big, b: Big): Big {
  if (a.mantissa === 0n) return b
  if (b.mantissa === 0n) return a
  const [high, low] = a.exponent >= b.exponent ? [a, b] : [b, a]
  const shift = high.exponent - low.exponent
  // Too far below to matter, and too far to shift.
  if (shift > 4 * BITS) return high
  return trimmed((high.mantissa << BigInt(shift)) + low.mantissa, low.exponent)
}

function over(a: Big, divisor: number): Big {
  return trimmed((a.mantissa << BigInt(BITS)) / BigInt(divisor), a.exponent - BITS)
}

function squareRoot({ mantissa, exponent }: Big): Big {
  if (mantissa === 0n) return ZERO
  let shift = Math.max(0, 2 * BITS - bitLength(mantissa))
  if ((exponent - shift) % 2 !== 0) shift++
  const square = mantissa << BigInt(shift)
  let root = 1n << BigInt(Math.ceil(bitLength(square) / 2))
  for (;;) {
    const next = (root + square / root) >> 1n
    if (next >= root) break
    root = next
  }
  return trimmed(root, (exponent - shift) / 2)
}

function minus(a: Big, b: Big): Big {
  return plus(a, { mantissa: -b.mantissa, exponent: b.exponent })
}

/** 2·artanh(p/q) in units of 2^−BITS. */
function twiceArtanh(p: bigint, q: bigint): bigint {
  let power = (p * UNIT) / q
  const square = (power * power) / UNIT
  let sum = 0n
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += power / k
    power = (power * square) / UNIT
  }
  return 2n * sum
}

const LN2 = twiceArtanh(1n, 3n)

function logOf({ mantissa, exponent }: Big): bigint {
  const bits = bitLength(mantissa)
  // f = mantissa / 2^bits is in [½, 1); ln f = 2·artanh((f − 1)/(f + 1)).
  const one = 1n << BigInt(bits)
  const near = 3n * mantissa < 2n * one ? 1n : 0n
  const doubled = mantissa << near
  return twiceArtanh(doubled - one, doubled + one) + LN2 * BigInt(exponent + bits - Number(near))
}

/** Theorem 1 as it is written, in 240 bits: the logarithm of the bound and of each step's part. Equation (5). */
export function exactBound(series: readonly BoundStep[], constants: BoundConstants): ExactBound {
  const { lipschitz, smoothness, examples } = constants
  const scale = over(times(big(lipschitz), big(lipschitz)), examples)
  const growths = new Map<number, Big>()
  const roots = new Map<number, Big>()
  let expansion = ONE
  let sum = ZERO
  const contributions: Big[] = []
  for (const { learningRate, alpha } of series.toReversed()) {
    let root = roots.get(alpha)
    if (root === undefined) roots.set(alpha, (root = squareRoot(times(big(2), minus(ONE, big(alpha))))))
    let growth = growths.get(learningRate)
    if (growth === undefined) growths.set(learningRate, (growth = plus(ONE, times(big(learningRate), big(smoothness)))))
    const term = times(times(scale, expansion), times(big(learningRate), root))
    contributions.push(term)
    sum = plus(sum, term)
    expansion = times(expansion, growth)
  }
  return { sum, contributions: contributions.toReversed() }
}

export interface ExactBound {
  readonly sum: Big
  readonly contributions: readonly Big[]
}

/** |found − ln x| / |ln x|, with ln x in 240 bits; 0 where both are −Infinity. */
export function errorOfLog(found: number, x: Big): number {
  if (x.mantissa === 0n) return found === -Infinity ? 0 : Infinity
  if (!Number.isFinite(found)) return Infinity
  const exact = logOf(x)
  const { mantissa, exponent } = big(found)
  const difference = mantissa * UNIT - exact * (1n << BigInt(-exponent))
  if (exact === 0n) return difference === 0n ? 0 : Infinity
  const ratio = ((difference << 100n) / exact) >> BigInt(-exponent)
  return Math.abs(Number(ratio)) / 2 ** 100
}

/** |found − ln x|, with ln x in 240 bits; x isn't 0. */
export function distanceOfLog(found: number, x: Big): number {
  const { mantissa, exponent } = big(found)
  return Math.abs(Number(((mantissa * UNIT) >> BigInt(-exponent)) - logOf(x))) / 2 ** BITS
}
