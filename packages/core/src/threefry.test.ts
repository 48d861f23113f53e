import { describe, expect, it } from 'vitest'
import type { Key } from './key.ts'
import { threefry } from './threefry.ts'

describe('threefry', () => {
  // The known answers published with Random123: [counter, key, output].
  it.each([
    [
      '00000000 00000000 00000000 00000000',
      '00000000 00000000 00000000 00000000',
      '9c6ca96a e17eae66 fc10ecd4 5256a7d8',
    ],
    [
      'ffffffff ffffffff ffffffff ffffffff',
      'ffffffff ffffffff ffffffff ffffffff',
      '2a881696 57012287 f6c7446e a16a6732',
    ],
    [
      '243f6a88 85a308d3 13198a2e 03707344',
      'a4093822 299f31d0 082efa98 ec4e6c89',
      '59cd1dbb b8879579 86b5d00c ac8b6d84',
    ],
  ])('answers counter %s under key %s with %s', (counter, key, answer) => {
    const [c0, c1, c2, c3] = words(counter)
    const out = new Uint32Array(6)
    threefry(words(key), c0, c1, c2, c3, out, 1)
    expect([...out]).toEqual([0, ...words(answer), 0])
  })
})

function words(hex: string): Key {
  return hex.split(' ').map((word) => Number.parseInt(word, 16)) as unknown as Key
}
