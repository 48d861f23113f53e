/** Cuts a float64 into halves of 26 bits, whose products are exact. */
const HALVES = 2 ** 27 + 1

/** a·b − product, exactly, where product is a·b rounded and neither is beyond 2^±900. */
export function productRest(a: number, b: number, product: number): number {
  const cutA = HALVES * a
  const highA = cutA - (cutA - a)
  const lowA = a - highA
  const cutB = HALVES * b
  const highB = cutB - (cutB - b)
  const lowB = b - highB
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB)
}
