/**
 * Moves the pixels of one image: position j gets what was at `order[j]`. A pixel's channels stay together.
 */
export function permutePixels(image: Float32Array, order: Uint32Array): void {
  const channels = image.length / order.length
  const before = image.slice()
  order.forEach((from, to) => {
    for (let c = 0; c < channels; c++) image[to * channels + c] = before[from * channels + c] as number
  })
}

/** How many pixels an input has: the product of its axes, but for a third axis, which holds channels. */
export function pixelsOf(inputShape: readonly number[]): number {
  return inputShape.slice(0, inputShape.length === 3 ? 2 : undefined).reduce((product, length) => product * length, 1)
}
