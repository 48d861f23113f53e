import { derive, numberInRange, type OutOfRange, type Split } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { chosenExactly, type Chosen } from './chosen.ts'
import type { NoiseOptions } from './noise-options.ts'
import { percent } from './percent.ts'
import { tellingLabelsOf } from './read-labels.ts'

/** Rewrites one image in place. */
export type ImageNoise = (id: number, image: Float32Array) => void

/** What a kind of noise is called: in the split's name, and in front of the purposes of its keys. */
export interface NoiseNames {
  readonly suffix: string
  readonly purpose: string
}

/**
 * A split in which round(fraction · n) of n examples, chosen at random, have their image rewritten; labels stay. `prepare`
 * is awaited at each read.
 *
 * @returns left when the fraction is outside [0, 1].
 */
export function noisyImages(
  split: Split,
  { suffix, purpose }: NoiseNames,
  { key, fraction }: NoiseOptions,
  prepare: () => ImageNoise | Promise<ImageNoise>,
): E.Either<OutOfRange, Split> {
  return E.map(() =>
    rewritten(
      split,
      `${suffix}~${percent(fraction)}`,
      chosenExactly(split.ids, derive(key, `${purpose}/choice`), fraction),
      prepare,
    ),
  )(numberInRange('image noise fraction', fraction, 0, 1))
}

function rewritten(
  split: Split,
  suffix: string,
  chosen: Chosen,
  prepare: () => ImageNoise | Promise<ImageNoise>,
): Split {
  const size = split.inputShape.reduce((product, length) => product * length, 1)
  const noisy: Split = {
    name: `${split.name} ${suffix}`,
    ids: split.ids,
    inputShape: split.inputShape,
    classes: split.classes,
    async read(ids) {
      const batch = await split.read(ids)
      const rewrite = await prepare()
      const inputs = batch.inputs.slice()
      const touched = batch.touched.slice()
      batch.ids.forEach((id, i) => {
        if (!chosen.has(id)) return
        rewrite(id, inputs.subarray(i * size, (i + 1) * size))
        touched[i] = 1
      })
      return { ...batch, inputs, touched }
    },
  }
  return tellingLabelsOf(noisy, split, (labels) => ({
    ...labels,
    touched: labels.touched.map((mark, i) => (chosen.has(labels.ids[i]!) ? 1 : mark)),
  }))
}
