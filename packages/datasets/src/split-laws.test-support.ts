import type { Batch, Split } from '@coherent-gradients/core'
import { fc, test } from '@fast-check/vitest'
import { beforeAll, describe, expect } from 'vitest'

/**
 * What every split keeps, whatever it is made of. `make` gives a new split that is equal each time.
 *
 * @example
 * splitLaws('take', async () => take(await small(), 5))
 */
export function splitLaws(name: string, make: () => Promise<Split>): void {
  describe(`${name} keeps the laws of splits`, () => {
    let split: Split
    let whole: Batch
    beforeAll(async () => {
      split = await make()
      whole = await split.read(split.ids)
    })

    test('has ids that differ and labels in range', () => {
      expect(new Set(split.ids).size).toBe(split.ids.length)
      expect(whole.ids).toEqual(split.ids)
      expect(whole.inputShape).toEqual(split.inputShape)
      expect(whole.inputs.length).toBe(split.ids.length * sizeOf(split))
      for (const labels of [whole.labels, whole.trueLabels]) {
        expect(labels.length).toBe(split.ids.length)
        expect(labels.every((label) => label >= 0 && label < split.classes)).toBe(true)
      }
      expect(whole.touched.every((mark) => mark === 0 || mark === 1)).toBe(true)
    })

    test.prop([fc.array(fc.nat(), { maxLength: 30 })], { numRuns: 30 })(
      'reads the same row for an id in any order, any number of times',
      async (draws) => {
        const asked = draws.map((draw) => split.ids[draw % split.ids.length] as number)
        const read = await split.read(asked)
        expect([...read.ids]).toEqual(asked)
        asked.forEach((id, i) => expect(row(split, read, i)).toEqual(row(split, whole, split.ids.indexOf(id))))
      },
    )

    test('reads the same from a twin that was read in another order first', async () => {
      const twin = await make()
      await twin.read(twin.ids.toReversed())
      expect(await twin.read(twin.ids)).toEqual(whole)
    })

    test('reads nothing where nothing is asked', async () => {
      const nothing = await split.read([])
      expect([nothing.ids.length, nothing.inputs.length, nothing.labels.length]).toEqual([0, 0, 0])
      expect([nothing.trueLabels.length, nothing.touched.length]).toEqual([0, 0])
    })

    test('lends nothing of its own: writing to a batch changes neither its other arrays nor a later read', async () => {
      const twin = await make()
      const batch = await twin.read(twin.ids)
      for (const array of ['inputs', 'ids', 'labels', 'trueLabels', 'touched'] as const) {
        expect(batch[array]).toEqual(whole[array])
        batch[array].fill(99)
      }
      expect(await twin.read(split.ids)).toEqual(whole)
    })

    test.each([4_000_000_000, -1, 0.5, NaN])('rejects the unknown id %d by name', async (id) => {
      await expect(split.read([split.ids[0] as number, id])).rejects.toThrow(RangeError)
      await expect(split.read([id])).rejects.toThrow(new RegExp(`: no example has the id ${id}$`))
    })
  })
}

/** What label noise keeps besides. */
export function labelNoiseLaws(name: string, source: () => Promise<Split>, noise: (clean: Split) => Split): void {
  splitLaws(name, async () => noise(await source()))
  test(`${name} touches labels and nothing else, and corrupts only what it touched`, async () => {
    const clean = await source()
    const before = await clean.read(clean.ids)
    const after = await noise(clean).read(clean.ids)
    expect(after.inputs).toEqual(before.inputs)
    expect(after.trueLabels).toEqual(before.trueLabels)
    after.labels.forEach((label, i) => {
      if (after.touched[i] === 0) expect(label).toBe(before.labels[i])
    })
    expectMarksKept(before, after)
  })
}

/** What pixel noise keeps besides; exactly round(fraction · n) images are rewritten. */
export function imageNoiseLaws(
  name: string,
  source: () => Promise<Split>,
  fraction: number,
  noise: (clean: Split) => Split,
): void {
  splitLaws(name, async () => noise(await source()))
  test(`${name} rewrites the images of an exact share and nothing else`, async () => {
    const clean = await source()
    const before = await clean.read(clean.ids)
    const after = await noise(clean).read(clean.ids)
    expect([after.labels, after.trueLabels]).toEqual([before.labels, before.trueLabels])
    const rewritten = Array.from(
      clean.ids,
      (_, i) => String(image(clean, after, i)) !== String(image(clean, before, i)),
    )
    expect(rewritten.filter(Boolean).length).toBe(Math.round(fraction * clean.ids.length))
    expect([...after.touched]).toEqual(rewritten.map((changed, i) => (changed ? 1 : before.touched[i])))
    expectMarksKept(before, after)
  })
}

function expectMarksKept(before: Batch, after: Batch): void {
  before.touched.forEach((mark, i) => expect(after.touched[i]).toBeGreaterThanOrEqual(mark))
}

/** The d numbers of row i. */
export function image(split: Split, batch: Batch, i: number): Float32Array {
  return batch.inputs.subarray(i * sizeOf(split), (i + 1) * sizeOf(split))
}

function row(split: Split, batch: Batch, i: number): unknown[] {
  return [batch.ids[i], batch.labels[i], batch.trueLabels[i], batch.touched[i], ...image(split, batch, i)]
}

function sizeOf(split: Split): number {
  return split.inputShape.reduce((product, length) => product * length, 1)
}
