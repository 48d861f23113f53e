import { DOMAIN } from './domain.ts'
import type { Key } from './key.ts'
import { threefry } from './threefry.ts'

const block = new Uint32Array(4)
const bits = new DataView(new ArrayBuffer(8))

/**
 * The child of a key for a purpose or an id: independent of the parent's own stream and of every other child.
 *
 *   derive(key, x) = Threefry(key, counter that spells x)
 *
 * Numbers and strings are namespaces of their own: `derive(key, 1)` and `derive(key, '1')` differ. For one parent, two
 * different numbers never give the same child, nor do two different strings of at most six UTF-16 code units (Threefry
 * is a bijection); longer strings are chained, six units at a time, and meet with probability 2⁻¹²⁸. About 0.1 µs, so
 * that each example can have a key of its own. −0 is 0.
 *
 * @throws RangeError when a number is NaN or infinite.
 *
 * @example
 * const noise = derive(keyOf(0), 'label-noise')
 * derive(noise, 59_999) // the key of example 59,999
 */
export function derive(key: Key, label: string | number): Key {
  if (typeof label === 'number') {
    if (!Number.isFinite(label)) throw new RangeError(`derive: required a finite number or a string, found ${label}`)
    bits.setFloat64(0, label + 0, true)
    threefry(key, bits.getUint32(0, true), bits.getUint32(4, true), 0, DOMAIN.number, block, 0)
    return keyOfBlock()
  }
  let state = key
  let at = 0
  for (; label.length - at > 6; at += 6) {
    threefry(state, pair(label, at), pair(label, at + 2), pair(label, at + 4), DOMAIN.text, block, 0)
    state = keyOfBlock()
  }
  const domain = DOMAIN.textEnd + label.length - at
  threefry(state, pair(label, at), pair(label, at + 2), pair(label, at + 4), domain, block, 0)
  return keyOfBlock()
}

/** Two UTF-16 code units as one word; past the end, zeros. */
function pair(text: string, at: number): number {
  return (at < text.length ? text.charCodeAt(at) : 0) | ((at + 1 < text.length ? text.charCodeAt(at + 1) : 0) << 16)
}

function keyOfBlock(): Key {
  return [block[0] as number, block[1] as number, block[2] as number, block[3] as number]
}
