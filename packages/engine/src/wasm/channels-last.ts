import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core'
import { callKernel } from './call-kernel.ts'

/** How a convolution says where its zeros are: a word, a number for every side, or a pair for each axis. */
export type Padding = 'valid' | 'same' | number | readonly (readonly [number, number])[]

/** [n, c, h, w] → [n, h, w, c], by copying. */
export function toChannelsLast(backend: KernelBackend, x: TensorInfo): TensorInfo {
  return callKernel(backend, 'Transpose', { x }, { perm: [0, 2, 3, 1] })
}

/** [n, h, w, c] → [n, c, h, w], by copying. */
export function toChannelsFirst(backend: KernelBackend, x: TensorInfo): TensorInfo {
  return callKernel(backend, 'Transpose', { x }, { perm: [0, 3, 1, 2] })
}

/** A shape [n, c, h, w] as [n, h, w, c]. */
export function shapeChannelsLast([n, c, h, w]: readonly number[]): [number, number, number, number] {
  return [n!, h!, w!, c!]
}

/** Explicit zeros that are given axis by axis follow their axes. */
export function paddingChannelsLast(pad: Padding): Padding {
  return typeof pad === 'object' ? [pad[0]!, pad[2]!, pad[3]!, pad[1]!] : pad
}
