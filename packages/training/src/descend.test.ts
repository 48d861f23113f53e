import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { descend } from './descend.ts'
import { open } from './toy.test-support.ts'

describe('descend', () => {
  let variable: tf.Variable
  beforeAll(() => open('cpu'))
  beforeEach(() => {
    variable = tf.tidy(() => tf.variable(tf.tensor1d([1, -2])))
  })
  afterEach(() => variable.dispose())

  const step = (learningRate: number, weightDecay?: number): readonly number[] => {
    const gradient = { w: tf.tensor1d([4, 8]) }
    const before = tf.memory().numTensors
    descend(new Map([['w', variable]]), gradient, learningRate, weightDecay)
    expect(tf.memory().numTensors).toBe(before)
    gradient.w.dispose()
    return [...variable.dataSync()]
  }

  it('goes down the gradient by the learning rate', () => {
    expect(step(0.25)).toEqual([0, -4])
  })

  it('takes the share ηλ off every weight', () => {
    expect(step(0.25, 2)).toEqual([-0.5, -3])
  })

  it('leaves every bit as it is without decay', () => {
    expect(step(0.25, 0)).toEqual([0, -4])
  })

  it('changes nothing where a gradient is missing', () => {
    expect(() => descend(new Map([['w', variable]]), {}, 1, 1)).toThrow(/none for w/)
    expect([...variable.dataSync()]).toEqual([1, -2])
  })
})
