import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { openEngine } from './index.ts'

describe.each(['wasm', 'cpu'])('on %s, nothing is left of a gradient', (name) => {
  const fail = (): never => {
    throw new Error('diverged')
  }
  const square = (x: tf.Tensor): tf.Tensor => tf.square(tf.square(x))

  it.each([
    ['whose function throws', (x: tf.Tensor) => tf.grad((y) => (square(y), fail()))(x)],
    ['whose function is no function of x', (x: tf.Tensor) => tf.grad(() => square(tf.scalar(1)))(x)],
    [
      'whose derivative throws',
      (x: tf.Tensor) =>
        tf.grad((y) => square(tf.customGrad((z) => ({ value: tf.clone(z as tf.Tensor), gradFunc: fail }))(y)))(x),
    ],
    ['within another that throws', (x: tf.Tensor) => tf.grad((y) => tf.grad((z) => (square(z), fail()))(square(y)))(x)],
  ])('%s', async (_, differentiate) => {
    const opened = await openEngine(name)()
    expect(opened._tag).toBe('Right')
    const x = tf.tensor1d([1, 2])
    const before = tf.memory().numTensors
    expect(() => differentiate(x)).toThrow(/diverged|Cannot compute gradient/)
    expect(tf.memory().numTensors).toBe(before)
    expect([...tf.tidy(() => tf.grad(square)(x).dataSync())]).toEqual([4, 32])
    expect(tf.memory().numTensors).toBe(before)
    x.dispose()
  })
})
