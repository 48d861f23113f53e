import { keyOf } from '@coherent-gradients/core'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { madeUp } from './made-up.test-support.ts'
import { randomShift, type ShiftDraw } from './random-shift.ts'
import { splitLaws } from './split-laws.test-support.ts'

const draw: ShiftDraw = { key: keyOf('shift'), epoch: 2 }

describe('randomShift', () => {
  splitLaws('randomShift', async () => randomShift(madeUp(12, [5, 4, 2]), { pixels: 2, flip: true }, draw))

  /** Every image that some move, and mirroring, can make of one, by definition: those that need no mirroring first. */
  function moves(
    image: Float32Array,
    [h, w, c]: readonly [number, number, number],
    pixels: number,
  ): Map<string, string> {
    const at = (y: number, x: number, k: number): number =>
      y < 0 || x < 0 || y >= h || x >= w ? 0 : image[(y * w + x) * c + k]!
    const made = new Map<string, string>()
    for (const mirrored of [false, true]) {
      for (let down = -pixels; down <= pixels; down++) {
        for (let right = -pixels; right <= pixels; right++) {
          const moved = Float32Array.from({ length: h * w * c }, (_, i) => {
            const [k, x, y] = [i % c, Math.floor(i / c) % w, Math.floor(i / (c * w))]
            return at(y - down, mirrored ? w - 1 - (x - right) : x - right, k)
          })
          const found = moved.join()
          if (!made.has(found)) made.set(found, `${down},${right},${mirrored}`)
        }
      }
    }
    return made
  }

  test.prop([
    fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 3 })),
    fc.nat(1),
    fc.boolean(),
    fc.nat(),
  ])('moves each image, and mirrors it if asked', async (shape, pixels, flip, epoch) => {
    const split = madeUp(6, shape)
    const [before, after] = await Promise.all(
      [split, randomShift(split, { pixels, flip }, { ...draw, epoch })].map((each) => each.read(each.ids)),
    )
    const size = shape[0] * shape[1] * shape[2]
    split.ids.forEach((_, i) => {
      const [from, to] = [before!, after!].map(({ inputs }) => inputs.slice(i * size, (i + 1) * size))
      const move = moves(from!, shape, pixels).get(to!.join())
      expect(move).toBeDefined()
      if (!flip) expect(move).toMatch(/false$/)
    })
    expect({ ...after, inputs: 0 }).toEqual({ ...before, inputs: 0 })
  })

  it('draws all moves alike, others in each epoch', async () => {
    const split = madeUp(3000, [4, 4, 1])
    const clean = await split.read(split.ids)
    const tally = new Map<string, number>()
    const { inputs } = await randomShift(split, { pixels: 1, flip: true }, draw).read(split.ids)
    for (let i = 0; i < 3000; i++) {
      const move = moves(clean.inputs.slice(16 * i, 16 * i + 16), [4, 4, 1], 1).get(
        inputs.slice(16 * i, 16 * i + 16).join(),
      )!
      tally.set(move, (tally.get(move) ?? 0) + 1)
    }
    expect(tally.size).toBe(18)
    // 17 degrees of freedom: beyond 53 once in 10⁵ keys, and this key is always the same.
    expect([...tally.values()].reduce((sum, n) => sum + (n - 3000 / 18) ** 2 / (3000 / 18), 0)).toBeLessThan(53)
    const other = await randomShift(split, { pixels: 1, flip: true }, { ...draw, epoch: 3 }).read(split.ids)
    expect(other.inputs).not.toEqual(inputs)
  })

  it.each([-1, 0.5, 4, Number.NaN])('refuses to move by %d pixels', (pixels) => {
    expect(() => randomShift(madeUp(2, [4, 4, 1]), { pixels }, draw)).toThrow(
      `required a whole number of pixels from 0 to 3, found ${pixels}`,
    )
  })

  it('refuses what are no images', () => {
    expect(() => randomShift(madeUp(2, [16]), { pixels: 1 }, draw)).toThrow(/found \[16\] of made-up/)
  })
})
