import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it, vi } from 'vitest'
import { openEngine } from './index.ts'

async function open(name?: string): Promise<string> {
  const engine = await openEngine(name)()
  return engine._tag === 'Right' ? engine.right.name : engine.left.message
}

describe('openEngine', () => {
  it('opens the engine that is named and makes it current', async () => {
    expect(await open('cpu')).toBe('cpu')
    expect(tf.getBackend()).toBe('cpu')
    expect(await open('wasm')).toBe('wasm')
    expect(tf.getBackend()).toBe('wasm')
  })

  it('takes what opens by itself: wasm where there is neither TensorFlow nor a GPU', async () => {
    vi.stubEnv('COHERENT_GRADIENTS_CACHE', '/nowhere')
    expect(['webgpu', 'wasm']).toContain(await open())
    vi.unstubAllEnvs()
  })

  it('refuses a name that is no engine and says which there are', async () => {
    expect(await open('abacus')).toBe("unknown engine 'abacus': choose auto, tensorflow, webgpu, wasm, cpu")
  })
})
