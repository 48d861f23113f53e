import { keyOf } from '@coherent-gradients/core'
import { rightOf } from '@coherent-gradients/testkit'
import { describe, expect, it } from 'vitest'
import { gaussianImages } from '../gaussian-images.ts'
import { splitLaws } from '../split-laws.test-support.ts'
import { encoded, ramps } from './encoded.test-support.ts'
import { imageSplit } from './image-split.ts'
import type { Preprocessing } from './preprocessing.ts'

const small: Preprocessing = { kind: 'centre-crop', resize: 8, crop: 6 }
const pictures = await Promise.all([12, 9, 20, 8].map((side) => ramps(side, 10).png().toBuffer()))
const broken = [pictures[0]!, new Uint8Array(9), pictures[2]!]

describe('imageSplit', () => {
  splitLaws('imageSplit', async () => imageSplit(encoded(pictures), { preprocessing: small }))
  splitLaws('random crops', async () =>
    imageSplit(encoded(pictures), {
      preprocessing: { kind: 'random-crop', crop: 5 },
      key: keyOf(1),
      together: 1,
    }).atEpoch(2),
  )

  it('draws other crops in another epoch and for another key, and the same in the same', async () => {
    const preprocessing = { kind: 'random-crop', crop: 6 } as const
    const split = imageSplit(encoded(pictures), { preprocessing, key: keyOf(1) })
    const inputs = async (each: typeof split): Promise<string> => String((await each.read(each.ids)).inputs)
    const drawn = [await inputs(split), await inputs(split.atEpoch(1)), await inputs(split.atEpoch(2))]
    expect(new Set(drawn).size).toBe(3)
    expect(await inputs(split.atEpoch(2).atEpoch(0))).toBe(drawn[0])
    expect(await inputs(imageSplit(encoded(pictures), { preprocessing, key: keyOf(2) }))).not.toBe(drawn[0])
  })

  it('rejects a read that meets a bad picture, and names it', async () => {
    const split = imageSplit(encoded(broken), { preprocessing: small })
    await expect(split.read([0, 1])).rejects.toThrow(/^picture 1: not an image/)
    expect((await split.read([2, 0])).ids).toEqual(Uint32Array.of(2, 0))
  })

  it('leaves bad pictures out where it is told to, and says which', async () => {
    const split = imageSplit(encoded(broken), { preprocessing: small, onBadImage: 'skip' })
    const batch = await split.read([2, 1, 0, 1])
    const whole = await imageSplit(encoded(pictures), { preprocessing: small }).read([2, 0])
    expect(batch).toEqual(whole)
    expect(split.leftOut()).toMatchObject([{ id: 1, failure: { _tag: 'ImageFailure', file: 'picture 1' } }])
    expect((await split.read([1])).inputs.length).toBe(0)
    expect(split.atEpoch(3).leftOut().length).toBe(1)
    const noisy = rightOf(gaussianImages(split, { key: keyOf(0), fraction: 1, mean: 0, standardDeviation: 1 }))
    expect((await noisy.read([1, 0])).touched).toEqual(Uint8Array.of(1))
  })

  it('reads and decodes no more pictures at a time than it is told', async () => {
    let [now, most] = [0, 0]
    const images = encoded(pictures)
    const counted = {
      ...images,
      read: (id: number) => async () => {
        most = Math.max(most, ++now)
        await new Promise((resolve) => setImmediate(resolve))
        now--
        return images.read(id)()
      },
    }
    const split = imageSplit(counted, { preprocessing: small, together: 2 })
    await Promise.all([split.read(split.ids), split.read(split.ids)])
    expect(most).toBe(2)
  })

  it.each([
    [{ kind: 'centre-crop', resize: 8, crop: 9 }, /a crop of at most 8, found 9/],
    [{ kind: 'random-crop', crop: 0.5 }, /sizes from 1 to 4096, found 0\.5/],
  ] as const)('refuses %j', (preprocessing, line) => {
    expect(() => imageSplit(encoded(pictures), { preprocessing })).toThrow(line)
  })
})
