import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { derive } from './derive.ts'
import { keyOf } from './key-of.ts'

const label = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)
const key = label.map(keyOf)

describe('derive', () => {
  test.prop([key, label, label])(
    'gives different labels different keys, and the same label the same',
    (parent, a, b) => {
      const same = a === b
      expect(String(derive(parent, a)) === String(derive(parent, b))).toBe(same)
    },
  )

  test.prop([key, fc.integer()])('keeps numbers and the strings that spell them apart', (parent, n) => {
    expect(derive(parent, n)).not.toEqual(derive(parent, String(n)))
  })

  test.prop([key, label, label])('depends on the order of labels', (parent, a, b) => {
    fc.pre(a !== b)
    expect(derive(derive(parent, a), b)).not.toEqual(derive(derive(parent, b), a))
  })

  test.prop([key, fc.string(), fc.string({ minLength: 1 })])(
    'does not confuse a path with its labels joined',
    (parent, a, b) => {
      expect(derive(derive(parent, a), b)).not.toEqual(derive(parent, a + b))
    },
  )

  test.prop([key, fc.string({ maxLength: 20 })])('tells a string from the same with zeros after it', (parent, text) => {
    expect(derive(parent, text)).not.toEqual(derive(parent, `${text}\0`))
  })

  test.prop([key, label])('gives plain data: four integers of 32 bits that survive JSON', (parent, a) => {
    const child = derive(parent, a)
    expect(child.length).toBe(4)
    for (const word of child) expect(word).toBe(word >>> 0)
    expect(derive(JSON.parse(JSON.stringify(child)), 'x')).toEqual(derive(child, 'x'))
  })

  test('never meets itself over a million ids, even in half of its bits', () => {
    const parent = keyOf('ids')
    const halves = new Float64Array(1_000_000)
    for (let id = 0; id < halves.length; id++) {
      const child = derive(parent, id)
      halves[id] = child[0] * 2 ** 21 + (child[1] >>> 11)
    }
    halves.sort()
    let meetings = 0
    for (let i = 1; i < halves.length; i++) if (halves[i] === halves[i - 1]) meetings++
    expect(meetings).toBe(0)
  })

  test('flips half of the bits when one bit of the label flips', () => {
    let flipped = 0
    for (let id = 0; id < 2000; id++) {
      const a = derive(keyOf(1), id)
      const b = derive(keyOf(1), id ^ 1)
      for (let word = 0; word < 4; word++) flipped += ones((a[word] as number) ^ (b[word] as number))
    }
    // 256,000 bits: mean 128,000, standard deviation 253; pairs count twice, hence 358.
    expect(Math.abs(flipped - 128_000)).toBeLessThan(5 * 358)
  })

  test('takes −0 for 0', () => {
    expect(derive(keyOf(0), -0)).toEqual(derive(keyOf(0), 0))
  })

  test.each([NaN, Infinity, -Infinity])('refuses %d and says what it found', (n) => {
    expect(() => derive(keyOf(0), n)).toThrow(
      new RangeError(`derive: required a finite number or a string, found ${n}`),
    )
    expect(() => keyOf(n)).toThrow(RangeError)
  })

  test('is pinned: these keys never change', () => {
    expect(keyOf(0)).toMatchInlineSnapshot(`
      [
        2109475641,
        3529697869,
        2198169626,
        2832555532,
      ]
    `)
    expect(keyOf('demo')).toMatchInlineSnapshot(`
      [
        1157718121,
        2883533043,
        910414890,
        3811104098,
      ]
    `)
    expect(derive(keyOf(0), 59_999)).toMatchInlineSnapshot(`
      [
        3551767928,
        2918560382,
        3709298775,
        4148894492,
      ]
    `)
    expect(derive(keyOf(0), 'label-noise')).toMatchInlineSnapshot(`
      [
        4087538571,
        2462551439,
        637309313,
        351207654,
      ]
    `)
  })
})

function ones(word: number): number {
  let count = 0
  for (let rest = word >>> 0; rest > 0; rest = Math.floor(rest / 2)) count += rest & 1
  return count
}
