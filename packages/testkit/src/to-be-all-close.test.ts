import { describe, expect, it } from 'vitest'
import { toBeAllClose } from './index.ts'

describe('toBeAllClose', () => {
  it('is registered by importing the package', () => {
    expect(toBeAllClose(1, 1).pass).toBe(true)
    expect(1).toBeAllClose(1)
  })

  it('takes numbers, typed arrays and nested arrays', () => {
    expect(0.1 + 0.2).toBeAllClose(0.3)
    expect(new Float32Array([0.1, 0.2])).toBeAllClose([0.1, 0.2])
    expect([new Float32Array([1, 2]), [3, 4]]).toBeAllClose([[1, 2], new Float64Array([3, 4])])
    expect([]).toBeAllClose([])
    expect([Infinity, -Infinity]).toBeAllClose([Infinity, -Infinity])
  })

  it('fails beyond the tolerance and names the worst element', () => {
    expect([
      [1, 2],
      [3, 4],
    ]).not.toBeAllClose([
      [1, 2],
      [3, 4.1],
    ])
    expect(() =>
      expect([
        [1, 2.1],
        [3, 9],
      ]).toBeAllClose([
        [1, 2],
        [3, 4],
      ]),
    ).toThrow(/2 of 4.*worst.*\[1\]\[1\].*expected 4, found 9/)
    expect(() => expect(1).toBeAllClose(2)).toThrow(/the value: expected 2, found 1/)
  })

  it('keeps to rtol and atol', () => {
    expect(1.05).toBeAllClose(1, { rtol: 0.1 })
    expect(1.05).not.toBeAllClose(1, { rtol: 0.01 })
    expect(1e-9).not.toBeAllClose(0)
    expect(1e-9).toBeAllClose(0, { atol: 1e-8 })
    expect(1e-30).not.toBeAllClose(2e-30, { atol: 0 })
  })

  it('fails when the shapes differ, and says where', () => {
    expect(() =>
      expect([[1, 2], [3]]).toBeAllClose([
        [1, 2],
        [3, 4],
      ]),
    ).toThrow(/shape at \[1\].*Array\(2\).*Array\(1\)/)
    expect(() => expect([1, 2]).toBeAllClose([[1, 2]])).toThrow(/shape/)
    expect(() => expect(undefined).toBeAllClose([1])).toThrow(/shape/)
    expect(() => expect([]).toBeAllClose([1])).toThrow(/shape/)
  })

  it('holds NaN close to nothing unless told, and an infinity only to itself', () => {
    expect([NaN]).not.toBeAllClose([NaN])
    expect([NaN]).toBeAllClose([NaN], { equalNaN: true })
    expect([NaN]).not.toBeAllClose([1], { equalNaN: true })
    expect([1]).not.toBeAllClose([Infinity])
    expect([Infinity]).not.toBeAllClose([1])
    expect([-Infinity]).not.toBeAllClose([Infinity])
  })

  it('fails when told not to be close and all are', () => {
    expect(() => expect([1]).not.toBeAllClose([1])).toThrow(/found all close/)
  })
})
