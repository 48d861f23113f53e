import { openEngine } from '@coherent-gradients/engine'
import { registerKernels } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { aggregated, denseStack } from './hand-made-stack.test-support.ts'
import { coordinateMedian, winsorizedMean } from './index.ts'

test('cpu and wasm give the same bits, from factors and formed', async () => {
  const activations = Array.from({ length: 20 }, (_, i) =>
    Array.from({ length: 6 }, (__, j) => Math.max(0, Math.sin(i * 7 + j))),
  )
  const deltas = Array.from({ length: 20 }, (_, i) => Array.from({ length: 4 }, (__, j) => Math.cos(i * 3 + j * j)))
  const results: number[][] = []
  for (const engine of ['cpu', 'wasm']) {
    expect((await openEngine(engine)())._tag).toBe('Right')
    registerKernels(engine)
    for (const held of ['in factors', 'formed'] as const) {
      const before = tf.memory().numTensors
      const stack = denseStack(activations, deltas, held)
      const winsorized = await aggregated(winsorizedMean({ percent: 8 }), stack)
      results.push([...winsorized, ...(await aggregated(coordinateMedian(), stack))])
      stack.dispose()
      expect(tf.memory().numTensors).toBe(before)
    }
  }
  for (const result of results) expect(result).toEqual(results[0])
})
