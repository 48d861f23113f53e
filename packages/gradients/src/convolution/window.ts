/** How a window of taps slides along one axis: output o reads inputs o·stride + tap·dilation − before. */
export interface WindowAxis {
  readonly input: number
  readonly output: number
  readonly taps: number
  readonly stride: number
  readonly dilation: number
  /** Zeros before the first and after the last input. */
  readonly before: number
  readonly after: number
}

/** The window of a convolution over images [m, height, width, channels]. */
export interface Window {
  readonly height: WindowAxis
  readonly width: WindowAxis
}

/** Sizes along height and width. */
export type Pair = readonly [number, number]

/** What a layer's configuration says of its window. */
export interface WindowOptions {
  readonly taps: Pair
  readonly strides: Pair
  readonly dilations?: Pair
  readonly padding: 'same' | 'valid'
}

/** The window over images of a size, padded as TensorFlow pads: `same` puts the odd zero last. */
export function windowOf(size: Pair, { taps, strides, dilations = [1, 1], padding }: WindowOptions): Window {
  const axis = (a: 0 | 1): WindowAxis => {
    const [input, stride, dilation] = [size[a], strides[a], dilations[a]]
    const reach = (taps[a] - 1) * dilation + 1
    const output = Math.ceil((padding === 'same' ? input : input - reach + 1) / stride)
    const zeros = padding === 'same' ? Math.max((output - 1) * stride + reach - input, 0) : 0
    const before = Math.floor(zeros / 2)
    return { input, output, taps: taps[a], stride, dilation, before, after: zeros - before }
  }
  return { height: axis(0), width: axis(1) }
}
