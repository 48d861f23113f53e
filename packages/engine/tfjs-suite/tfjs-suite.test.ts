import { execFile, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('run.ts', import.meta.url))

it('fails no spec of tfjs-core but those that are listed, and each of those', { timeout: 600_000 }, async () => {
  // A process of its own: the specs want tfjs, its registries and its environment to themselves.
  const run = promisify(execFile)(process.execPath, [script], { maxBuffer: 2 ** 26 })
  const { stdout } = await run.catch((error: { stdout: string; message: string }) => ({
    stdout: `${error.stdout}\n${error.message}`,
  }))
  expect(stdout.trim().split('\n')).toEqual([expect.stringMatching(/^engine wasm fails \d+ of 4225 specs$/)])
})

it.each([
  [['--help'], 0, /^Usage: [^]*--update/],
  [['--nonsense'], 2, /^error: [^\n]+\n$/],
  [['no spec has this name'], 1, /fails 0 of 0 specs\nno spec's name matches/],
] as const)('told %j, ends with %d', (argv, code, said) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...argv], { encoding: 'utf8' })
  expect([status, stdout + stderr]).toEqual([code, expect.stringMatching(said)])
})
