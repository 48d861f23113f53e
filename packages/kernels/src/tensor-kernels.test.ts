import { relativeError } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { tensorKernels } from './index.ts'
import type { ImageWindow } from './index.ts'

const memory = new WebAssembly.Memory({ initial: 64 })
const kernels = tensorKernels(memory)
const room = 1 << 21

/** Float32 numbers at an address. */
function floats(at: number, length: number): Float32Array {
  return new Float32Array(memory.buffer, at, length)
}

/** Numbers that are told apart by their places, of both signs, written to an address. */
function numbersAt(at: number, length: number, phase = 0): Float32Array {
  const numbers = floats(at, length)
  for (let i = 0; i < length; i++) numbers[i] = Math.sin(1.7 * i + phase)
  return numbers
}

const window: fc.Arbitrary<ImageWindow & { readonly outputs: number }> = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    channels: fc.integer({ min: 1, max: 9 }),
    outputs: fc.integer({ min: 1, max: 11 }),
    height: fc.tuple(fc.integer({ min: 3, max: 7 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    width: fc.tuple(fc.integer({ min: 3, max: 7 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    dilation: fc.integer({ min: 1, max: 2 }),
    before: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ height, width, dilation, before, ...rest }) => {
    const axis = ([input, taps, stride]: [number, number, number]): ImageWindow['height'] => {
      const output = Math.max(1, Math.floor((input + 2 * before - (taps - 1) * dilation - 1) / stride) + 1)
      return { input, output, taps, stride, dilation, before }
    }
    return { ...rest, height: axis(height), width: axis(width) }
  })

/** Calls `visit` with every position, tap and pixel that meet: their places in δ's, the kernel's and the images' order. */
function meetings(
  w: ImageWindow,
  visit: (example: number, position: number, tap: number, pixel: number) => void,
): void {
  const { height: h, width: v } = w
  for (let i = 0; i < w.batch; i++) {
    for (let oy = 0; oy < h.output; oy++) {
      for (let ox = 0; ox < v.output; ox++) {
        for (let ky = 0; ky < h.taps; ky++) {
          for (let kx = 0; kx < v.taps; kx++) {
            const [y, x] = [oy * h.stride + ky * h.dilation - h.before, ox * v.stride + kx * v.dilation - v.before]
            if (y < 0 || y >= h.input || x < 0 || x >= v.input) continue
            const position = (i * h.output + oy) * v.output + ox
            visit(i, position, ky * v.taps + kx, (i * h.input + y) * v.input + x)
          }
        }
      }
    }
  }
}

const sizeOf = ({ batch, height, width }: ImageWindow): readonly [pixels: number, positions: number, taps: number] => [
  batch * height.input * width.input,
  batch * height.output * width.output,
  height.taps * width.taps,
]

describe('tensorKernels', () => {
  test.prop([fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }), fc.infiniteStream(fc.nat(9))])(
    'stridedCopy copies every number to its place, whatever the order of the axes',
    (shape, random) => {
      const size = shape.reduce((a, b) => a * b, 1)
      const strides = (): number[] => {
        const order = shape
          .map((_, axis) => [random.next().value as number, axis] as const)
          .toSorted(([a], [b]) => a - b)
        const result = shape.map(() => 0)
        let stride = 1
        for (const [, axis] of order) {
          result[axis] = stride
          stride *= shape[axis]!
        }
        return result
      }
      const [from, to] = [strides(), strides()]
      const source = numbersAt(0, size)
      const target = floats(1 << 20, size).fill(0)
      // The first axis backwards.
      const last = from[0]! * (shape[0]! - 1)
      kernels.stridedCopy(shape, { at: 4 * last, strides: [-from[0]!, ...from.slice(1)] }, { at: 1 << 20, strides: to })
      const required = new Float32Array(size)
      for (let i = 0; i < size; i++) {
        let [rest, at, place] = [i, last, 0]
        for (let axis = shape.length - 1; axis >= 0; axis--) {
          const index = rest % shape[axis]!
          rest = (rest - index) / shape[axis]!
          at += index * (axis === 0 ? -from[0]! : from[axis]!)
          place += index * to[axis]!
        }
        required[place] = source[at]!
      }
      expect([...target]).toEqual([...required])
    },
  )

  it('refuses a copy over six axes', () => {
    const array = { at: 0, strides: [1, 1, 1, 1, 1, 1] }
    expect(() => kernels.stridedCopy([1, 1, 1, 1, 1, 1], array, array)).toThrow(/required at most 5 axes, found 6/)
  })

  test.prop([fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 9 })])(
    'sumRows sums columns',
    (rows, width) => {
      const x = numbersAt(0, rows * width).map((value) => value + 2)
      floats(0, rows * width).set(x)
      kernels.sumRows(0, rows, width, room, 1 << 20)
      const required = Array.from({ length: width }, (_, j) =>
        x.reduce((sum, v, i) => (i % width === j ? sum + v : sum), 0),
      )
      expect(relativeError(floats(1 << 20, width), required)).toBeLessThan(1e-6)
    },
  )

  test.prop([window])('convolutionKernelGradients gives the sum and each example’s squared norm', (w) => {
    const [pixels, positions, taps] = sizeOf(w)
    const { channels: c, outputs: p } = w
    const x = numbersAt(0, pixels * c)
    const delta = numbersAt(1 << 19, positions * p, 1)
    const rows = Array.from({ length: w.batch }, () => new Float64Array(taps * c * p))
    meetings(w, (example, position, tap, pixel) => {
      for (let a = 0; a < c; a++) {
        for (let b = 0; b < p; b++)
          rows[example]![(tap * c + a) * p + b]! += x[pixel * c + a]! * delta[position * p + b]!
      }
    })
    const required = Array.from(rows[0]!, (_, i) => rows.reduce((sum, row) => sum + row[i]!, 0))
    const gradient = floats(1 << 20, taps * c * p).fill(0)
    const at = { x: 0, delta: 1 << 19, gradient: 1 << 20, room: room + 64 }
    kernels.convolutionKernelGradient(w, p, at)
    expect(relativeError(gradient, required)).toBeLessThan(1e-5)
    gradient.fill(0)
    const squares = new Float64Array(memory.buffer, room, w.batch).fill(0)
    kernels.convolutionKernelGradients(w, p, { ...at, squares: room })
    expect(relativeError(gradient, required)).toBeLessThan(1e-5)
    expect(
      relativeError(
        squares,
        rows.map((row) => row.reduce((sum, v) => sum + v * v, 0)),
      ),
    ).toBeLessThan(1e-5)
  })

  test.prop([window])('maxPoolGradient gives δ to the first greatest number', (w) => {
    const [pixels, positions] = sizeOf(w)
    const c = w.channels
    const x = numbersAt(0, pixels * c).map((value) => Math.round(value * 2) - 5)
    floats(0, pixels * c).set(x)
    const delta = numbersAt(1 << 19, positions * c, 1)
    const greatest = new Map<number, number>()
    meetings(w, (_example, position, _tap, pixel) => {
      for (let a = 0; a < c; a++) {
        const best = greatest.get(position * c + a)
        if (best === undefined || x[pixel * c + a]! > x[best]!) greatest.set(position * c + a, pixel * c + a)
      }
    })
    const required = new Float32Array(pixels * c)
    for (const [place, pixel] of greatest) required[pixel]! += delta[place]!
    const gradient = floats(1 << 20, pixels * c).fill(0)
    kernels.maxPoolGradient(w, 0, 1 << 19, 1 << 20)
    expect(relativeError(gradient, required)).toBeLessThan(1e-6)
  })

  test.prop([window, fc.integer({ min: 1, max: 3 })])('depthwiseGradients gives both gradients, or one', (w, q) => {
    const [pixels, positions, taps] = sizeOf(w)
    const c = w.channels
    const [x, kernel, delta] = [
      numbersAt(0, pixels * c),
      numbersAt(1 << 18, taps * c * q, 1),
      numbersAt(1 << 19, positions * c * q, 2),
    ]
    const [ofImages, ofKernel] = [new Float32Array(pixels * c), new Float32Array(taps * c * q)]
    meetings(w, (_example, position, tap, pixel) => {
      for (let a = 0; a < c * q; a++) {
        const image = pixel * c + Math.floor(a / q)
        ofImages[image]! += kernel[tap * c * q + a]! * delta[position * c * q + a]!
        ofKernel[tap * c * q + a]! += x[image]! * delta[position * c * q + a]!
      }
    })
    const [images, weights] = [floats(1 << 20, pixels * c).fill(0), floats((1 << 20) + (1 << 19), taps * c * q).fill(0)]
    const at = { x: 0, kernel: 1 << 18, delta: 1 << 19, imageGradient: 1 << 20, kernelGradient: (1 << 20) + (1 << 19) }
    kernels.depthwiseGradients(w, q, { ...at, kernelGradient: 0 })
    expect([...weights].every((value) => value === 0)).toBe(true)
    kernels.depthwiseGradients(w, q, { ...at, imageGradient: 0 })
    expect(relativeError(images, ofImages)).toBeLessThan(1e-5)
    expect(relativeError(weights, ofKernel)).toBeLessThan(1e-4)
  })

  it('clamp keeps NaN', () => {
    floats(0, 6).set([Number.NaN, 5, -5, 0.5, Number.NaN, -7])
    kernels.clamp(0, 6, -1, 1, 64)
    expect([...floats(64, 6)]).toEqual([Number.NaN, 1, -1, 0.5, Number.NaN, -1])
  })
})
