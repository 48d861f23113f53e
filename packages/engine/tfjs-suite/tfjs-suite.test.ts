import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it('fails no spec of tfjs-core but those that are listed, and each of those', { timeout: 600_000 }, async () => {
  // A process of its own: the specs want tfjs, its registries and its environment to themselves.
  const script = fileURLToPath(new URL('run.ts', import.meta.url))
  const run = promisify(execFile)(process.execPath, [script], { maxBuffer: 2 ** 26 })
  const { stdout } = await run.catch((error: { stdout: string; message: string }) => ({
    stdout: `${error.stdout}\n${error.message}`,
  }))
  expect(stdout.trim().split('\n')).toEqual([expect.stringMatching(/^engine wasm fails \d+ of 4225 specs$/)])
})
