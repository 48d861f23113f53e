import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { captureConsole } from '../testing/capture-console.test-support.ts'
import { commandLine } from '../command-line.ts'

it('examines every engine, says how to get what isn’t there, and what auto takes', async () => {
  const cache = mkdtempSync(join(tmpdir(), 'no-cache-'))
  vi.stubEnv('COHERENT_GRADIENTS_CACHE', cache)
  const console = captureConsole()
  expect(await commandLine(['engine', 'doctor', '--json'], console)).toBe(0)
  vi.unstubAllEnvs()
  rmSync(cache, { recursive: true })
  const { engines, automatic, node } = JSON.parse(console.said.out) as {
    engines: { name: string; works: boolean; stepMilliseconds?: number; reason?: string }[]
    automatic: string
    node: string
  }
  expect(node).toBe(process.versions.node)
  expect(engines.map(({ name }) => name)).toEqual(['tensorflow', 'webgpu', 'wasm', 'cpu'])
  expect(['webgpu', 'wasm']).toContain(automatic)
  const [tensorflow, , wasm, cpu] = engines
  expect(tensorflow).toMatchObject({ works: false, reason: expect.stringMatching(/reproduce engine install/) })
  for (const report of [wasm, cpu]) expect(report).toMatchObject({ works: true, stepMilliseconds: expect.any(Number) })
})
