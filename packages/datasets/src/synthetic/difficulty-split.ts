import { derive, type Key, type Split, uniformIntegers, uniforms } from '@coherent-gradients/core'
import { generatedSplit } from './generated-split.ts'

export interface DifficultyOptions {
  readonly key: Key
  readonly n: number
  /** Numbers an example. */
  readonly features: number
  readonly classes: number
  /** The share of an example's features that it has in common with its class; a range draws one for each example. */
  readonly common: number | readonly [number, number]
  /** Names the examples: another part has others, of the same classes. */
  readonly part?: string
}

/**
 * Data whose difficulty is a dial. Each class has a pattern of +1 and −1, one for each of d features. An example has the
 * first round(common · d) of its class's pattern, and signs of its own in all others.
 *
 * All in common, an example is its class, and each gradient step helps every one of them; nothing in common, each can only
 * be fitted by itself. Between them lie the paper's toy sets L and M, and real data. Squared lengths are all d.
 * Signs are functions of key and id (or class); parts share the classes' patterns.
 *
 * @throws RangeError when a share is outside [0, 1], or there is no feature or class.
 *
 * @example
 * difficultySplit({ key: keyOf(0), n: 500, features: 64, classes: 10, common: 0.25, part: 'train' })
 */
export function difficultySplit(options: DifficultyOptions): Split {
  const { key, n, features, classes, common, part = 'train' } = options
  const [low, high] = typeof common === 'number' ? [common, common] : common
  if (!(low >= 0 && low <= high && high <= 1)) {
    throw new RangeError(`difficultySplit: required shares 0 ≤ low ≤ high ≤ 1, found ${low} and ${high}`)
  }
  if (!Number.isInteger(features) || features < 1) {
    throw new RangeError(`difficultySplit: required features ≥ 1, found ${features}`)
  }
  const own = derive(derive(key, 'difficulty'), part)
  const signs = (from: Key): Float32Array => Float32Array.from(uniformIntegers(from, features, 2), (bit) => 2 * bit - 1)
  const patterns = Array.from({ length: classes }, (_, label) =>
    signs(derive(derive(key, 'difficulty/pattern'), label)),
  )
  const labelOf = (id: number): number => uniformIntegers(derive(derive(own, 'label'), id), 1, classes)[0]!
  const share = low === high ? String(low) : `${low}-${high}`
  return generatedSplit({
    name: `difficulty/${part}[${n}] common~${share}`,
    n,
    inputShape: [features],
    classes,
    labelOf,
    write(id, input) {
      const drawn = low + (high - low) * uniforms(derive(derive(own, 'share'), id), 1)[0]!
      input.set(signs(derive(derive(own, 'signs'), id)))
      input.set(patterns[labelOf(id)]!.subarray(0, Math.round(drawn * features)))
    },
  })
}
