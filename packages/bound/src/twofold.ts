import { productRest } from './product-rest.ts'

/**
 * A number ≥ 0 as (hi + lo) · 2^(600·block), these three in a row: 106 bits, and no end of exponents. hi is 0 or in
 * [2⁻³⁰⁰, 2³⁰⁰), so that no product of two leaves float64; lo is what hi rounds away.
 *
 * A typed array changed in place, because a million of objects take longer to make than to reckon with.
 */
export type Twofold = Float64Array

const UP = 2 ** 600
const DOWN = 2 ** -600
const TOP = 2 ** 300
const BOTTOM = 2 ** -300
const LOG_BLOCK = 600 * Math.LN2

/** A float64 ≥ 0, exactly. */
export function twofold(value = 0): Twofold {
  const made = new Float64Array(3)
  assign(made, value)
  return made
}

/** target ← value + lo, exactly; lo is at most half a unit in value's last place. */
export function assign(target: Twofold, value: number, lo = 0): void {
  store(target, value, lo, 0)
}

/** target ← from. */
export function copy(target: Twofold, from: Twofold): void {
  target[0] = from[0]!
  target[1] = from[1]!
  target[2] = from[2]!
}

/** target ← target · factor. */
export function multiply(target: Twofold, factor: Twofold): void {
  const hi = target[0]!
  const factorHi = factor[0]!
  const product = hi * factorHi
  const rest = productRest(hi, factorHi, product) + (hi * factor[1]! + target[1]! * factorHi)
  store(target, product, rest, target[2]! + factor[2]!)
}

/** target ← target + term. */
export function add(target: Twofold, term: Twofold): void {
  const behind = target[2]! - term[2]!
  if (term[0] === 0) return
  if (target[0] === 0 || behind < -1) {
    copy(target, term)
    return
  }
  // Two blocks below, a term is at most 2⁻⁶⁰⁰ of the sum.
  if (behind > 1) return
  const targetScale = behind === -1 ? DOWN : 1
  const termScale = behind === 1 ? DOWN : 1
  const hi = target[0]! * targetScale
  const termHi = term[0]! * termScale
  const sum = hi + termHi
  const shift = sum - hi
  const rest = hi - (sum - shift) + (termHi - shift) + (target[1]! * targetScale + term[1]! * termScale)
  store(target, sum, rest, Math.max(target[2]!, term[2]!))
}

/** target ← target / divisor, a float64 in [1, 2³⁰⁰). */
export function divide(target: Twofold, divisor: number): void {
  const hi = target[0]!
  const quotient = hi / divisor
  const product = quotient * divisor
  store(target, quotient, (hi - product - productRest(quotient, divisor, product) + target[1]!) / divisor, target[2]!)
}

/** target ← √(2(1 − α)) for α in [0, 1]. */
export function assignDivergence(target: Twofold, alpha: number): void {
  const difference = 1 - alpha
  if (difference === 0) {
    assign(target, 0)
    return
  }
  const hi = 2 * difference
  const lo = 2 * (1 - difference - alpha)
  const root = Math.sqrt(hi)
  const square = root * root
  store(target, root, (hi - square - productRest(root, root, square) + lo) / (2 * root), 0)
}

/** ln x, right to a few units in its last place, near x = 1 as well; −Infinity of 0. */
export function logOf(x: Twofold): number {
  const hi = x[0]!
  return hi === 0 ? -Infinity : x[2]! * LOG_BLOCK + (Math.log(hi) + x[1]! / hi)
}

/** The nearest float64: 0 below the smallest, Infinity above the largest. */
export function valueOf(x: Twofold): number {
  let value = x[0]!
  for (let b = Math.min(x[2]!, 4); b > 0; b--) value *= UP
  for (let b = Math.max(x[2]!, -4); b < 0; b++) value *= DOWN
  return value
}

/** target ← (value + rest) · 2^(600·block), in the form that the type asks for. */
function store(target: Twofold, value: number, rest: number, block: number): void {
  let hi = value + rest
  let lo = rest - (hi - value)
  while (hi >= TOP) {
    hi *= DOWN
    lo *= DOWN
    block++
  }
  while (hi < BOTTOM && hi !== 0) {
    hi *= UP
    lo *= UP
    block--
  }
  target[0] = hi
  target[1] = hi === 0 ? 0 : lo
  target[2] = hi === 0 ? 0 : block
}
