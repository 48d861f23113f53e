import type { Failure } from '@coherent-gradients/core'
import type { Targets } from '@coherent-gradients/datasets'
import { labelOutOfRange } from './label-failure.ts'
import type { LossName } from './loss-of-model.ts'
import { modelFailure } from './model/model-failure.ts'

/**
 * What is wrong with an array y that isn't classes, for a model of so many outputs; undefined where nothing is.
 *
 * A number an example for several outputs can only have been a label, and one of them is none; rows that are one-hot for
 * the most part are labels too, unless the loss is one that takes any 0 and 1.
 *
 * @param name undefined where the model alone doesn't tell its loss.
 */
export function unfitTargets(
  file: string,
  name: LossName | undefined,
  outputs: number,
  targets: Targets,
): Failure | undefined {
  const { width, rows } = targets
  if (width === 1 && outputs > 1) {
    const odd = rows.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < outputs))
    return labelOutOfRange(Math.max(0, odd), rows[Math.max(0, odd)]!, outputs)
  }
  if (width !== outputs) {
    return modelFailure(
      file,
      `has ${outputs} output${outputs === 1 ? '' : 's'}, and y holds ${width} number${width === 1 ? '' : 's'} an example that ${width === 1 ? 'is' : 'are'} no class`,
    )
  }
  if (name === undefined || name === 'softmax-cross-entropy') {
    const odd = oddAmongOneHot(targets)
    if (odd >= 0) {
      const found = short(rows.subarray(odd * width, (odd + 1) * width))
      const message = `example ${odd} has the label ${found} where others have one 1 and zeros: required one of the classes 0 to ${outputs - 1}`
      return { _tag: 'LabelOutOfRange', message, id: odd } as Failure
    }
  }
  if (name === undefined || name === 'half-squared-error') return undefined
  const odd = rows.findIndex((y) => !(y >= 0 && y <= 1))
  if (odd >= 0) {
    return modelFailure(
      file,
      `--loss ${name} needs classes, or targets from 0 to 1: found ${rows[odd]} in row ${Math.floor(odd / width)} of y`,
    )
  }
  if (name === 'sigmoid-cross-entropy') return undefined
  const sums = sumsOf(targets)
  const unnormed = sums.findIndex((sum) => Math.abs(sum - 1) > 0.01)
  return unnormed < 0
    ? undefined
    : modelFailure(
        file,
        `--loss ${name} needs targets that add up to 1: found ${sums[unnormed]} in row ${unnormed} of y`,
      )
}

/** The first row that isn't one 1 and zeros, where most rows are; −1 where all are, or few. */
function oddAmongOneHot({ width, rows }: Targets): number {
  if (width < 2) return -1
  const sums = sumsOf({ width, rows })
  const hot = Array.from(sums, (sum, i) => {
    const row = rows.subarray(i * width, (i + 1) * width)
    return sum === 1 && row.every((y) => y === 0 || y === 1)
  })
  return 2 * hot.filter(Boolean).length > hot.length ? hot.indexOf(false) : -1
}

function sumsOf({ width, rows }: Targets): Float64Array {
  const sums = new Float64Array(rows.length / width)
  rows.forEach((y, i) => (sums[Math.floor(i / width)]! += y))
  return sums
}

function short(row: Float32Array): string {
  const text = Array.from(row.subarray(0, 12), (y) => String(Number(y.toPrecision(7)))).join(', ')
  return `[${text}${row.length > 12 ? ', …' : ''}]`
}
