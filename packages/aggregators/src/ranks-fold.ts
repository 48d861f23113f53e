import * as tf from '@tensorflow/tfjs-core'
import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core'
import type { GradientFold } from '@coherent-gradients/gradients'
import type { Ranks } from '@coherent-gradients/kernels'

/** The order statistics of a weight's coordinates so far: each list's r-th tensor holds every coordinate's r-th extreme. */
interface Extremes {
  readonly lowest: Tensor[]
  readonly highest: Tensor[]
  /** The sum of what lies between the lists. */
  middle: Tensor | undefined
}

/**
 * A winsorized or trimmed mean of k gradients that come one after another. It keeps each coordinate's lowest and highest
 * values, as far as the ranks reach, and the sum of the others: 2(c + 1) gradients and a sum for a winsor of level c, 2c and a
 * sum for a trimmed mean. What is clipped or left out never enters the sum, however large it is.
 *
 * Each gradient goes down the list of the lowest, pushing the larger of two on; what falls off goes down the list of the
 * highest, and what falls off there is added up. Costs some 4(c + 1) operations on all weights for each gradient.
 *
 * @returns undefined where that is no less than k gradients, or k is too few for the ranks.
 */
export function ranksFold(
  name: string,
  groups: number,
  statistic: 'winsorized' | 'trimmed',
  { lower, upper }: Ranks,
): (() => GradientFold) | undefined {
  const clips = statistic === 'winsorized' ? 1 : 0
  const [low, high] = [lower + clips, groups - 1 - upper + clips]
  if (lower > upper || low + high + 1 >= groups) return undefined
  return () => {
    const weights = new Map<string, Extremes>()
    let taken = 0
    let bad: number | undefined
    let shapes: string | undefined

    function finished({ lowest, highest, middle }: Extremes): Tensor {
      if (statistic === 'trimmed') return tf.div(middle!, upper - lower + 1)
      const bounds = tf.add(tf.mul(lowest.at(-1)!, lower + 1), tf.mul(highest.at(-1)!, groups - upper))
      return tf.div(tf.add(bounds, middle!), groups)
    }

    function dispose(): void {
      for (const { lowest, highest, middle } of weights.values()) tf.dispose([...lowest, ...highest, middle ?? []])
      weights.clear()
    }

    return {
      add(gradient) {
        if (taken === groups) throw new RangeError(`${name}: required ${groups} gradients, found one more`)
        shapes ??= inWords(gradient)
        if (inWords(gradient) !== shapes) {
          throw new RangeError(`${name}: required gradients of ${shapes}, found ${inWords(gradient)}`)
        }
        if (!isFinite(gradient)) bad ??= taken
        taken++
        for (const [weight, tensor] of Object.entries(gradient)) {
          const extremes = weights.get(weight) ?? { lowest: [], highest: [], middle: undefined }
          weights.set(weight, extremes)
          const pushed = insert(extremes.lowest, tf.clone(tensor), low, tf.minimum, tf.maximum)
          const left = pushed && insert(extremes.highest, pushed, high, tf.maximum, tf.minimum)
          if (left === undefined) continue
          const sum = extremes.middle === undefined ? left : tf.add(extremes.middle, left)
          if (extremes.middle !== undefined) tf.dispose([extremes.middle, left])
          extremes.middle = sum
        }
      },
      finish() {
        if (taken !== groups) throw new RangeError(`${name}: required ${groups} gradients, found ${taken}`)
        if (bad !== undefined) {
          throw new RangeError(`${name}: required finite values, found others in micro-batch ${bad} of ${groups}`)
        }
        const gradient: NamedTensorMap = {}
        for (const [weight, extremes] of weights) gradient[weight] = tf.tidy(() => finished(extremes))
        dispose()
        return gradient
      },
      dispose,
    }
  }
}

type Choose = (a: Tensor, b: Tensor) => Tensor

/** Puts a tensor, which is freed, into a list of at most `capacity`, most extreme first. What falls off is given back. */
function insert(list: Tensor[], tensor: Tensor, capacity: number, first: Choose, then: Choose): Tensor | undefined {
  let rest = tensor
  for (const [r, held] of list.entries()) {
    list[r] = first(held, rest)
    const next = then(held, rest)
    tf.dispose([held, rest])
    rest = next
  }
  if (list.length === capacity) return rest
  list.push(rest)
  return undefined
}

/** Reads one number; where the backend can't be read, what isn't finite shows in the result. */
function isFinite(gradient: NamedTensorMap): boolean {
  if (tf.getBackend() === 'webgpu') return true
  const zero = tf.tidy(() => tf.addN(Object.values(gradient).map((tensor) => tf.sum(tf.mul(tensor, 0)))))
  const [value] = zero.dataSync()
  zero.dispose()
  return value === 0
}

/** `dense/kernel [2, 3], dense/bias [3]` */
function inWords(gradient: NamedTensorMap): string {
  return Object.entries(gradient)
    .map(([weight, { shape }]) => `${weight} [${shape.join(', ')}]`)
    .join(', ')
}
