import { relativeError, rightOf } from '@coherent-gradients/testkit'
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
 * How far engine `wasm` is from tfjs's plain JavaScript in what `make` gives: the greatest relative error of a tensor.
 * Shapes and types must agree, and neither `make` nor its kernels may leave anything behind.
 */
export async function disagreementWithCpu(make: () => Tensor | readonly Tensor[]): Promise<number> {
  return disagreement(make, make)
}

/** As {@link disagreementWithCpu}, of what plain JavaScript has to say in another way. */
export async function disagreement(
  onWasm: () => Tensor | readonly Tensor[],
  onCpu: () => Tensor | readonly Tensor[],
): Promise<number> {
  const [found, required] = [await run('wasm', onWasm), await run('cpu', onCpu)]
  const form = ({ shape, dtype }: Result): object => ({ shape, dtype })
  expect(found.map(form)).toEqual(required.map(form))
  return Math.max(...found.map(({ values }, i) => relativeError(values, required[i]!.values)))
}

interface Result {
  readonly shape: readonly number[]
  readonly dtype: string
  readonly values: readonly number[]
}

async function run(engine: string, make: () => Tensor | readonly Tensor[]): Promise<readonly Result[]> {
  rightOf(await openEngine(engine)())
  const backend = tf.backend() as unknown as { numDataIds(): number }
  const before = [tf.memory().numTensors, backend.numDataIds()]
  const results: Result[] = []
  tf.tidy(() => {
    for (const tensor of [make()].flat()) {
      results.push({ shape: tensor.shape, dtype: tensor.dtype, values: [...tensor.dataSync()] })
    }
  })
  expect([tf.memory().numTensors, backend.numDataIds()]).toEqual(before)
  return results
}
