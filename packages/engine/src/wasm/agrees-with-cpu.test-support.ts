import { relativeError } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { expect } from 'vitest'
import { openEngine } from '../index.ts'

/** Numbers that are told apart by their places, of both signs. */
export function numbers(shape: readonly number[], phase = 0): Tensor {
  const size = shape.reduce((a, b) => a * b, 1)
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.sin(1.7 * i + phase) + 0.3 * Math.cos(0.31 * i)),
    [...shape],
  )
}

/**
 * Holds engine `wasm` to tfjs's plain JavaScript: `make` gives the same tensors on both, up to rounding, and neither it nor
 * its kernels leave anything behind.
 */
export async function agreesWithCpu(make: () => Tensor | readonly Tensor[]): Promise<void> {
  await agree(make, make)
}

/** As {@link agreesWithCpu}, of what plain JavaScript has to say in another way. */
export async function agree(
  onWasm: () => Tensor | readonly Tensor[],
  onCpu: () => Tensor | readonly Tensor[],
): Promise<void> {
  const [found, required] = [await run('wasm', onWasm), await run('cpu', onCpu)]
  expect(found.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
    required.map(({ shape, dtype }) => ({ shape, dtype })),
  )
  for (const [i, { values }] of found.entries()) expect(relativeError(values, required[i]!.values)).toBeLessThan(1e-5)
}

async function run(
  engine: string,
  make: () => Tensor | readonly Tensor[],
): Promise<{ shape: number[]; dtype: string; values: number[] }[]> {
  const opened = await openEngine(engine)()
  if (opened._tag === 'Left') throw new Error(opened.left.message)
  const backend = tf.backend() as unknown as { numDataIds(): number }
  const before = [tf.memory().numTensors, backend.numDataIds()]
  const results = tf.tidy(
    () =>
      [make()]
        .flat()
        .map((tensor) => ({ shape: tensor.shape, dtype: tensor.dtype, values: [...tensor.dataSync()] })) as never,
  ) as unknown as { shape: number[]; dtype: string; values: number[] }[]
  expect([tf.memory().numTensors, backend.numDataIds()]).toEqual(before)
  return results
}
