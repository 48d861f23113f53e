import { bitsSet } from './bits-set.ts'
import { checkFactorsFinite } from './check-factors-finite.ts'
import { checkLength } from './check-length.ts'
import { checkRanks } from './check-ranks.ts'
import type { FactoredRows } from './factored-rows.ts'
import type { Ranks } from './ranks.ts'
import { fill, signedColumn } from './signed-column.ts'
import type { Statistic } from './statistic.ts'
import { turn } from './turn.ts'
import { valueOf } from './value-of.ts'

/** [inputs × outputs] the statistic of every column a·outputs + b, from the factors alone. */
export function reduceFactored(stack: FactoredRows, ranks: Ranks, statistic: Statistic): Float32Array {
  const { rows, inputs, outputs } = stack
  checkRanks(statistic.name, ranks, rows)
  checkLength(statistic.name, 'activations', stack.activations, rows, inputs)
  checkLength(statistic.name, 'deltas', stack.deltas, rows, outputs)
  checkFactorsFinite(statistic.name, stack)
  const result = new Float32Array(inputs * outputs)
  const activations = turn(stack.activations, rows, inputs)
  const deltas = turn(stack.deltas, rows, outputs)
  const { words } = activations
  const products = new Float32Array(rows)
  const bits = new Int32Array(products.buffer)
  const notZero = new Int32Array(words)
  const column = signedColumn(rows)
  const outside = rows - 1 - ranks.upper
  for (let a = 0; a < inputs; a++) {
    for (let b = 0; b < outputs; b++) {
      let below = 0
      let above = 0
      for (let w = 0; w < words; w++) {
        const plusA = activations.positive[a * words + w]!
        const minusA = activations.negative[a * words + w]!
        const plusB = deltas.positive[b * words + w]!
        const minusB = deltas.negative[b * words + w]!
        const plus = (plusA & plusB) | (minusA & minusB)
        const minus = (plusA & minusB) | (minusA & plusB)
        above += bitsSet(plus)
        below += bitsSet(minus)
        notZero[w] = plus | minus
      }
      if (below <= ranks.lower && above <= outside) continue // zero at both ranks: the result stays zero
      let count = 0
      for (let w = 0; w < words; w++) {
        let left = notZero[w]!
        while (left !== 0) {
          const i = (w << 5) + 31 - Math.clz32(left & -left)
          products[count++] = activations.values[a * rows + i]! * deltas.values[b * rows + i]!
          left &= left - 1
        }
      }
      fill(column, bits, 0, count)
      result[a * outputs + b] = valueOf(column, ranks, statistic)
    }
  }
  return result
}
