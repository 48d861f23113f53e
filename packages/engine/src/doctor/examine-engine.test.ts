import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import type { EngineName } from '../engine.ts'
import { examineEngine } from './examine-engine.ts'

/** A clock that goes on by a millisecond whenever it is asked. */
function ticking(): () => number {
  let now = 0
  return () => now++
}

it.each(testEngines)('opens %s, says what it is, and times at least three steps', async (name) => {
  const report = await examineEngine(name as EngineName, { clock: ticking(), milliseconds: 1 })
  expect(report).toMatchObject({ name, works: true, stepMilliseconds: 1, steps: 3 })
  expect(report.works && report.description).toMatch(new RegExp(`^${name} \\(.*tfjs \\d`))
  expect(tf.memory().numTensors).toBe(0)
})

it('says of an engine that is not there why', async () => {
  const report = await examineEngine('abacus' as EngineName, { clock: ticking() })
  expect(report).toEqual({ name: 'abacus', works: false, reason: expect.stringMatching(/^unknown engine 'abacus'/) })
})
