import { temporaryFolder, testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openEngine } from '../index.ts'

const script = (body: string): string => `
  import { openEngine } from ${JSON.stringify(new URL('../index.ts', import.meta.url).href)}
  import * as tf from '@tensorflow/tfjs-core'
  const opened = await openEngine('tensorflow')()
  if (opened._tag === 'Left') throw new Error(opened.left.message)
  ${body}`

/** A program's two streams, run by plain Node beside this file. */
function run(body: string, environment: Record<string, string> = {}): { stdout: string; stderr: string } {
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script(body)]
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: import.meta.dirname,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  })
  return { stdout, stderr }
}

it('says of itself how to get it where it isn’t installed', async () => {
  const { stderr } = run('', { COHERENT_GRADIENTS_CACHE: '/nowhere' })
  expect(stderr).toMatch(
    /engine tensorflow can't be opened: TensorFlow isn't installed here: `reproduce engine install`/,
  )
})

it('says to install it again where a part of it is damaged', () => {
  const cache = temporaryFolder()
  const folder = join(cache, 'tensorflow', 'gpu')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'installed.json'), JSON.stringify({ tensorflow: '2.15.1', binding: 'binding.node' }))
  writeFileSync(join(folder, 'binding.node'), 'half of it')
  const { stderr } = run('', { COHERENT_GRADIENTS_CACHE: cache })
  expect(stderr).toMatch(/binding\.node can't be loaded \(.+\): run `reproduce engine install --gpu` again/)
})

describe.each(testEngines.filter((name) => name === 'tensorflow'))('%s', () => {
  it('opens beside the others, with one tfjs-core for all', async () => {
    for (const name of ['cpu', 'tensorflow', 'wasm', 'tensorflow']) {
      const opened = await openEngine(name)()
      expect(opened).toMatchObject({ right: { name } })
    }
    const load = createRequire(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json'))
    expect((load('@tensorflow/tfjs') as typeof tf).Tensor).toBe(tf.Tensor)
    const sum = tf.tidy(() => tf.sum(tf.ones([3, 4])).dataSync())
    expect([...sum]).toEqual([12])
  })

  it('is silent, and runs where Node has lost what tfjs-node calls', () => {
    const { stdout, stderr } = run(`
      const { values } = tf.topk(tf.tensor1d([1, 3, 2]), 2)
      console.log([...values.dataSync()], [...tf.split(tf.range(0, 4), 2)[1].dataSync()])`)
    expect({ stdout, stderr }).toEqual({ stdout: '[ 3, 2 ] [ 2, 3 ]\n', stderr: '' })
    const without = run(`console.log([...tf.topk(tf.tensor1d([1, 3, 2]), 2).values.dataSync()])`, {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`
        import util from 'node:util'; delete util.isNullOrUndefined; delete util.isArray`)}`,
    })
    expect(without).toEqual({ stdout: '[ 3, 2 ]\n', stderr: '' })
  })

  it('computes in several threads of one process at once', () => {
    const { stdout, stderr } = run(`
      const { SHARE_ENV, Worker } = await import('node:worker_threads')
      const body = ${JSON.stringify(
        script(`
          const { parentPort } = await import('node:worker_threads')
          let x = tf.ones([64, 64])
          for (let i = 0; i < 50; i++) x = tf.tidy(() => tf.div(tf.matMul(x, x), 64))
          parentPort.postMessage(tf.sum(x).dataSync()[0])`),
      )}
      const sums = await Promise.all([1, 2, 3].map(() => new Promise((resolve, reject) => {
        const worker = new Worker(body, { eval: true, env: SHARE_ENV, execArgv: ['--input-type=module'] })
        worker.on('message', resolve).on('error', reject)
      })))
      console.log(sums)`)
    expect({ stdout, stderr }).toEqual({ stdout: '[ 4096, 4096, 4096 ]\n', stderr: '' })
  })
})
