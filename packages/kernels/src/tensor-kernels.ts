import { instantiate } from './instantiate.ts'
import * as entry from './generated/tensors.ts'
import type { ImageWindow } from './image-window.ts'
import type { WasmMemory } from './wasm-memory.ts'

/** An array of numbers of four bytes, at most five axes of it. Strides count numbers, not bytes, and may be negative. */
export interface StridedArray {
  /** The address of the number at index 0, 0, … in bytes. */
  readonly at: number
  readonly strides: readonly number[]
}

/** The kernels below work on dense arrays of float32 at addresses in one memory. What they add to must hold numbers. */
export interface TensorKernels {
  /** y = x between `low` and `high`, n numbers; NaN stays NaN. */
  clamp(x: number, n: number, low: number, high: number, y: number): void
  /** to[i] = from[i] for every index i of `shape`, which has at most five axes. The two may not overlap. */
  stridedCopy(shape: readonly number[], from: StridedArray, to: StridedArray): void
  /** out [batch, outer, count, width] from x [batch, outer, rows, width] by `ids` [batch, count] (int32), all below `rows`. */
  gatherRows(gather: {
    readonly x: number
    readonly ids: number
    readonly batch: number
    readonly outer: number
    readonly rows: number
    readonly count: number
    readonly width: number
    readonly out: number
  }): void
  /** Adds row i of `values` [rows, width] to row ids[i] (int32) of `sums` [segments, width]; ids outside are left out. */
  sumSegments(segment: {
    readonly values: number
    readonly ids: number
    readonly rows: number
    readonly width: number
    readonly segments: number
    readonly sums: number
  }): void
  /** The sums of the columns of x [rows, width], by blocks of 64 rows. `room` is for `width` numbers. */
  sumRows(x: number, rows: number, width: number, room: number, sums: number): void
  /** δ [batch, h′, w′, c] to the first greatest number of each window of x, added to `gradient`, both [batch, h, w, c]. */
  maxPoolGradient(window: ImageWindow, x: number, delta: number, gradient: number): void
  /**
   * The gradients of a depthwise convolution with a kernel [taps, taps, c, q], added to that of the images and to that of
   * the kernel; address 0 for the one that isn't wanted (and for what only that one needs).
   */
  depthwiseGradients(
    window: ImageWindow,
    q: number,
    at: { x: number; kernel: number; delta: number; imageGradient: number; kernelGradient: number },
  ): void
  /** The gradient of a convolution in its kernel, added to `gradient` [taps, taps, c, p]; x [batch, h, w, c], δ [batch, h′, w′, p]. */
  convolutionKernelGradient(
    window: ImageWindow,
    p: number,
    at: { x: number; delta: number; gradient: number; room: number },
  ): void
  /** Bytes of `room` for `convolutionKernelGradient`, whatever the images. */
  readonly convolutionKernelGradientRoom: number
  /**
   * As `convolutionKernelGradient`, and the squared norm of each example's own gradient, added to `squares` [batch], which
   * are float64 at an address that 8 divides.
   */
  convolutionKernelGradients(
    window: ImageWindow,
    p: number,
    at: { x: number; delta: number; gradient: number; squares: number; room: number },
  ): void
  /** Bytes of `room` for `convolutionKernelGradients`, by the number h′·w′ of δ's positions. */
  convolutionKernelGradientsRoom(positions: number): number
}

type Exports = Record<keyof TensorKernels, (...numbers: readonly number[]) => number>

/**
 * What training convolutional networks needs besides matrix products, over a WebAssembly memory, by plain SIMD on one
 * thread: the same bytes on every machine. Nothing is checked: addresses and shapes are the caller's to get right.
 *
 * @example
 * tensorKernels(memory).stridedCopy([2, 3], { at: 0, strides: [1, 2] }, { at: 64, strides: [3, 1] }) // a transposition
 */
export function tensorKernels(memory: WasmMemory): TensorKernels {
  const kernels = instantiate<Exports>(entry, memory)
  return {
    clamp(x, n, low, high, y) {
      kernels.clamp(x, n, low, high, y)
    },
    stridedCopy(shape, from, to) {
      const missing = 5 - shape.length
      if (missing < 0) throw new RangeError(`stridedCopy: required at most 5 axes, found ${shape.length}`)
      const filled = (numbers: readonly number[], filler: number): readonly number[] =>
        Array.from({ length: 5 }, (_, axis) => (axis < missing ? filler : numbers[axis - missing]!))
      kernels.stridedCopy(from.at, to.at, ...filled(shape, 1), ...filled(from.strides, 0), ...filled(to.strides, 0))
    },
    gatherRows({ x, ids, batch, outer, rows, count, width, out }) {
      kernels.gatherRows(x, ids, batch, outer, rows, count, width, out)
    },
    sumSegments({ values, ids, rows, width, segments, sums }) {
      kernels.sumSegments(values, ids, rows, width, segments, sums)
    },
    sumRows(x, rows, width, room, sums) {
      kernels.sumRows(x, rows, width, room, sums)
    },
    maxPoolGradient(window, x, delta, gradient) {
      kernels.maxPoolGradient(x, delta, gradient, ...images(window), window.channels, ...taps(window))
    },
    depthwiseGradients(window, q, { x, kernel, delta, imageGradient, kernelGradient }) {
      const addresses = [x, kernel, delta, imageGradient, kernelGradient]
      kernels.depthwiseGradients(...addresses, ...images(window), window.channels, q, ...taps(window))
    },
    convolutionKernelGradient(window, p, { x, delta, gradient, room }) {
      const addresses = [x, delta, gradient, room]
      kernels.convolutionKernelGradient(...addresses, ...images(window), window.channels, p, ...taps(window))
    },
    convolutionKernelGradientRoom: kernels.convolutionKernelGradientRoom(),
    convolutionKernelGradients(window, p, { x, delta, gradient, squares, room }) {
      const addresses = [x, delta, gradient, squares, room]
      kernels.convolutionKernelGradients(...addresses, ...images(window), window.channels, p, ...taps(window))
    },
    convolutionKernelGradientsRoom: (positions) => kernels.convolutionKernelGradientsRoom(positions),
  }
}

function images({ batch, height, width }: ImageWindow): readonly number[] {
  return [batch, height.input, width.input]
}

function taps({ height: h, width: w }: ImageWindow): readonly number[] {
  const sizes = [h.output, w.output, h.taps, w.taps]
  return [...sizes, h.stride, w.stride, h.dilation, w.dilation, h.before, w.before]
}
