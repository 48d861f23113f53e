import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Window, WindowAxis } from './window.ts'

/** A convolution of stride 1 over images with explicit zeros around them. */
export type Correlation = (
  images: Tensor4D,
  kernel: Tensor4D,
  zeros: [[number, number], [number, number], [number, number], [number, number]],
  dilations: [number, number],
) => Tensor4D

/**
 * The transpose of a strided, dilated, padded convolution: δ [m, h′, w′, p] → [m, h, w, c].
 *
 *   x̄ᵤ = Σ over outputs o and taps k with o·stride + k·dilation − before = u of Wₖᵀ δₒ
 *
 * As convolutions of stride 1: along each axis the inputs of one residue modulo the stride see only the taps of that
 * residue, so each phase is a convolution of δ with those taps, backwards, and the phases are woven together. No product
 * with an inserted zero is made, and dilations, which tfjs's own gradient refuses, need nothing more.
 *
 * `kernel` is [taps, taps, …] with its last two axes as `correlate` wants them for the way back ([p, c] for a full
 * convolution). A stride and a dilation above 1 do not come together: tfjs has no such convolution.
 */
export function inputGradient(delta: Tensor4D, kernel: Tensor4D, window: Window, correlate: Correlation): Tensor4D {
  const { height, width } = window
  return tf.tidy(() => {
    const columns = phasesOf(width)
    const rows = phasesOf(height).map((down) => {
      const parts = columns.map((across) => {
        if (down.taps.length * across.taps.length === 0) return undefined
        return correlate(delta, tapsOf(kernel, down, across), zerosAround(down, across), dilationsOf(window))
      })
      return { length: down.length, parts }
    })
    const channels = rows.flatMap((row) => row.parts).find((part) => part != null)!.shape[3]
    const woven = rows.map(({ length, parts }) =>
      weave(
        parts.map((part, c) => part ?? tf.zeros([delta.shape[0], length, columns[c]!.length, channels])),
        2,
      ),
    )
    return cropped(weave(woven, 1) as Tensor4D, window)
  })
}

/** The inputs of one residue modulo the stride: which taps they see, how many they are, and the zeros that δ needs. */
interface Phase {
  readonly taps: readonly number[]
  readonly length: number
  readonly before: number
  readonly after: number
}

function phasesOf({ input, output, taps, stride, dilation, before, after }: WindowAxis): readonly Phase[] {
  if (stride === 1) {
    const reach = (taps - 1) * dilation
    const backwards = Array.from({ length: taps }, (_, k) => taps - 1 - k)
    return [{ taps: backwards, length: input, before: reach - before, after: reach - after }]
  }
  const length = Math.ceil((before + input + after) / stride)
  return Array.from({ length: stride }, (_, residue) => {
    const count = Math.max(Math.ceil((taps - residue) / stride), 0)
    const backwards = Array.from({ length: count }, (_unused, k) => residue + (count - 1 - k) * stride)
    return { taps: backwards, length, before: count - 1, after: length - output }
  })
}

/** Some taps of a kernel, in another order, by a product with ones and zeros: exact, and fast on every backend. */
function tapsOf(kernel: Tensor4D, down: Phase, across: Phase): Tensor4D {
  const [height, width, p, c] = kernel.shape
  if (height * width === 1) return kernel
  const wanted = down.taps.flatMap((i) => across.taps.map((j) => i * width + j))
  const selection = tf.cast(tf.oneHot(tf.tensor1d(wanted, 'int32'), height * width), 'float32') as Tensor2D
  const taps = tf.matMul(selection, tf.reshape(kernel, [height * width, p * c]) as Tensor2D)
  return tf.reshape(taps, [down.taps.length, across.taps.length, p, c])
}

function zerosAround(
  down: Phase,
  across: Phase,
): [[number, number], [number, number], [number, number], [number, number]] {
  return [
    [0, 0],
    [down.before, down.after],
    [across.before, across.after],
    [0, 0],
  ]
}

function dilationsOf({ height, width }: Window): [number, number] {
  return [height.stride === 1 ? height.dilation : 1, width.stride === 1 ? width.dilation : 1]
}

/** Parts a, b, … of one shape → a₀ b₀ … a₁ b₁ … along an axis. */
function weave(parts: readonly Tensor[], axis: number): Tensor {
  if (parts.length === 1) return parts[0]!
  const shape = [...parts[0]!.shape]
  shape[axis]! *= parts.length
  return tf.reshape(tf.stack([...parts], axis + 1), shape)
}

/** A single phase is computed at the inputs alone; woven ones include the zeros that the convolution put around them. */
function cropped(woven: Tensor4D, { height, width }: Window): Tensor4D {
  const begin = [height, width].map((axis) => (axis.stride === 1 ? 0 : axis.before)) as [number, number]
  if (woven.shape[1] === height.input && woven.shape[2] === width.input) return woven
  return tf.slice(woven, [0, ...begin, 0], [woven.shape[0], height.input, width.input, woven.shape[3]])
}
