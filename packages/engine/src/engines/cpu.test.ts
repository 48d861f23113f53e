import * as tf from '@tensorflow/tfjs-core'
import { expect, it, vi } from 'vitest'
import { openEngine } from '../open-engine.ts'

it('opens cpu without tfjs’s banner', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const opened = await openEngine('cpu')()
  expect(opened._tag).toBe('Right')
  tf.tensor1d([1, 2]).dispose()
  expect(warn).not.toHaveBeenCalled()
  warn.mockRestore()
})
