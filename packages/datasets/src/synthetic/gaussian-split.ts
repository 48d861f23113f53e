import { derive, fillNormals, type Key, type Split, uniformIntegers } from '@coherent-gradients/core'
import { generatedSplit } from './generated-split.ts'

export interface GaussianSplitOptions {
  readonly key: Key
  readonly n: number
  readonly inputShape: readonly number[]
  readonly classes: number
  readonly mean?: number
  readonly standardDeviation?: number
}

/**
 * Gaussian images with labels drawn evenly: data of which nothing can be learned but each example by itself. Every number is
 * drawn for itself; an example is a function of key and id.
 *
 * @throws RangeError when there are no classes or a negative number of examples.
 *
 * @example
 * gaussianSplit({ key: keyOf(0), n: 1000, inputShape: [28, 28, 1], classes: 10 })
 */
export function gaussianSplit(options: GaussianSplitOptions): Split {
  const { key, n, inputShape, classes, mean = 0, standardDeviation = 1 } = options
  const labels = derive(key, 'gaussian-split/labels')
  const pixels = derive(key, 'gaussian-split/pixels')
  return generatedSplit({
    name: `gaussian[${n}]`,
    n,
    inputShape,
    classes,
    labelOf: (id) => uniformIntegers(derive(labels, id), 1, classes)[0]!,
    write: (id, input) => fillNormals(derive(pixels, id), input, { mean, standardDeviation }),
  })
}
