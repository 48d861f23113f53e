/** What a window does along one axis of an image: output o and tap k read o·stride + k·dilation − before. */
export interface WindowAxis {
  readonly input: number
  readonly output: number
  readonly taps: number
  readonly stride: number
  readonly dilation: number
  /** Zeros before the input. */
  readonly before: number
}

/** A window that moves over images [batch, height, width, channels], each number as float32, channels side by side. */
export interface ImageWindow {
  readonly batch: number
  readonly height: WindowAxis
  readonly width: WindowAxis
  readonly channels: number
}
