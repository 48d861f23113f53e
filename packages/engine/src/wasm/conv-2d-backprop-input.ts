import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core'
import { callKernel } from './call-kernel.ts'
import { paddingChannelsLast, shapeChannelsLast, toChannelsFirst, toChannelsLast } from './channels-last.ts'
import type { ConvolutionAttributes } from './convolution-attributes.ts'
import { explicitWindow } from './explicit-window.ts'
import type { WindowAxis } from './explicit-window.ts'
import { filled } from './filled.ts'
import { rowMajorStrides } from './row-major-strides.ts'
import { tensorKernelsOf } from './tensor-kernels-of.ts'
import { tensorMemory } from './tensor-memory.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'
import { withTemporaries } from './with-temporaries.ts'
import { zeros } from './zeros.ts'

interface Attributes extends ConvolutionAttributes {
  readonly inputShape: readonly number[]
}

type Call = KernelCall<{ dy: TensorInfo; filter: TensorInfo }, Attributes>

/**
 * The gradient of a convolution in its images: δ [n, h′, w′, p] and a kernel [taps, taps, c, p] → [n, h, w, c].
 *
 *   x̄ᵤ = Σ over outputs o and taps k with o·stride + k·dilation − before = u of Wₖᵀ δₒ
 *
 * As convolutions of stride 1 with the kernel turned about: along each axis the inputs of one residue modulo the stride
 * see only the taps of that residue, so each phase is a convolution of δ with those taps, backwards, and the phases are
 * woven together. The stock kernel sums number by number.
 */
export const conv2dBackpropInput: WasmKernel = {
  name: 'Conv2DBackpropInput',
  make: () => (call: Call) => {
    const { inputs, backend, attrs } = call
    if (attrs.dataFormat !== 'NCHW') return channelsLast(call)
    return withTemporaries(backend, (temporary) => {
      const last: Call = {
        backend,
        inputs: { dy: temporary(toChannelsLast(backend, inputs.dy)), filter: inputs.filter },
        attrs: {
          ...attrs,
          dataFormat: 'NHWC',
          inputShape: shapeChannelsLast(attrs.inputShape),
          pad: paddingChannelsLast(attrs.pad),
        },
      }
      return toChannelsFirst(backend, temporary(channelsLast(last)))
    })
  },
}

function channelsLast(call: Call): TensorInfo {
  const {
    inputs: { dy, filter },
    backend,
    attrs,
  } = call
  const { inputShape } = attrs
  const { height, width } = explicitWindow(inputShape, filter.shape, attrs, false)
  const [n, rows, columns, p] = dy.shape as [number, number, number, number]
  if (rows !== height.output || columns !== width.output) {
    // A transposed convolution may be given more than the window reaches.
    return withTemporaries(backend, (temporary) => {
      const size = [n, height.output, width.output, p]
      const reached = temporary(callKernel(backend, 'Slice', { x: dy }, { begin: [0, 0, 0, 0], size }))
      return channelsLast({ ...call, inputs: { dy: reached, filter } })
    })
  }
  const phases = phasesOf(height).flatMap((down) => phasesOf(width).map((across) => ({ down, across })))
  const [only] = phases
  if (
    phases.length === 1 &&
    only!.down.skipped + only!.across.skipped === 0 &&
    only!.down.whole &&
    only!.across.whole
  ) {
    return correlate(backend, dy, filter, only!.down, only!.across)
  }
  const gradient = zeros(backend, inputShape)
  return filled(backend, gradient, () => {
    for (const { down, across } of phases) {
      if (down.taps * across.taps * down.length * across.length === 0) continue
      withTemporaries(backend, (temporary) => {
        weave(backend, temporary(correlate(backend, dy, filter, down, across)), gradient, down, across)
      })
    }
  })
}

/** The inputs first, first + stride, …, `length` of them: which taps they see, and the zeros that δ needs around it. */
interface Phase {
  readonly first: number
  readonly length: number
  readonly stride: number
  /** The taps that these inputs see: firstTap, firstTap + stride, … */
  readonly firstTap: number
  readonly taps: number
  readonly dilation: number
  readonly before: number
  readonly after: number
  /** How many numbers the convolution gives before the first that is wanted. */
  readonly skipped: number
  /** Whether the convolution gives no more than is wanted. */
  readonly whole: boolean
}

function phasesOf({ input, output, taps, stride, dilation, before }: WindowAxis): readonly Phase[] {
  return Array.from({ length: stride }, (_, residue) => {
    // Input u is number v = (u + before − residue) / stride of its phase.
    const v = Math.max(Math.ceil((before - residue) / stride), 0)
    const first = v * stride + residue - before
    const length = Math.max(Math.ceil((input - first) / stride), 0)
    const seen = Math.max(Math.ceil((taps - residue) / stride), 0)
    const reach = Math.max(seen - 1, 0) * dilation
    const zerosBefore = reach - v
    const zerosAfter = length - output - zerosBefore + reach
    return {
      first,
      length,
      stride,
      firstTap: residue,
      taps: seen,
      dilation,
      before: Math.max(zerosBefore, 0),
      after: Math.max(zerosAfter, 0),
      skipped: Math.max(-zerosBefore, 0),
      whole: zerosAfter >= 0,
    }
  })
}

/** δ [n, h′, w′, p] with some taps of the kernel, backwards, for every input of a phase → [n, …, …, c]. */
function correlate(backend: KernelBackend, dy: TensorInfo, filter: TensorInfo, down: Phase, across: Phase): TensorInfo {
  return withTemporaries(backend, (temporary) => {
    const turned = temporary(tapsBackwards(backend, filter, down, across))
    const pad = [
      [0, 0],
      [down.before, down.after],
      [across.before, across.after],
      [0, 0],
    ]
    const dilations = [down.dilation, across.dilation]
    return callKernel(backend, 'Conv2D', { x: dy, filter: turned }, { strides: 1, pad, dilations, dataFormat: 'NHWC' })
  })
}

/** Kernel [taps, taps, c, p] → some taps, backwards, as [taps, taps, p, c]. */
function tapsBackwards(backend: KernelBackend, filter: TensorInfo, down: Phase, across: Phase): TensorInfo {
  const [, columns, c, p] = filter.shape as [number, number, number, number]
  const memory = tensorMemory(backend)
  const turned = memory.output([down.taps, across.taps, p, c], 'float32')
  const tap = c * p
  const lastRow = down.firstTap + (down.taps - 1) * down.stride
  const lastColumn = across.firstTap + (across.taps - 1) * across.stride
  tensorKernelsOf(backend).stridedCopy(
    turned.shape,
    {
      at: memory.addressOf(filter) + 4 * (lastRow * columns + lastColumn) * tap,
      strides: [-down.stride * columns * tap, -across.stride * tap, 1, p],
    },
    { at: memory.addressOf(turned), strides: rowMajorStrides(turned.shape) },
  )
  return turned
}

function weave(backend: KernelBackend, part: TensorInfo, gradient: TensorInfo, down: Phase, across: Phase): void {
  const memory = tensorMemory(backend)
  const [n, , , c] = part.shape as [number, number, number, number]
  const from = rowMajorStrides(part.shape)
  const to = rowMajorStrides(gradient.shape)
  tensorKernelsOf(backend).stridedCopy(
    [n, down.length, across.length, c],
    { at: memory.addressOf(part) + 4 * (down.skipped * from[1]! + across.skipped * from[2]!), strides: from },
    {
      at: memory.addressOf(gradient) + 4 * (down.first * to[1]! + across.first * to[2]!),
      strides: [to[0]!, to[1]! * down.stride, to[2]! * across.stride, 1],
    },
  )
}
