import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { temporaryFolder } from '@coherent-gradients/testkit'
import { expect, it } from 'vitest'
import { findAdapter } from './find-adapter.ts'

const scratch = temporaryFolder()
let made = 0

/** A module in place of npm's `webgpu`, whose `requestAdapter` does as written. */
async function dawnThat(requestAdapter: string): Promise<string> {
  const file = join(scratch, `dawn-${made++}.mjs`)
  await writeFile(
    file,
    `export const globals = {}\nexport const create = () => ({ requestAdapter: async () => { ${requestAdapter} } })\n`,
  )
  return file
}

it.each([
  ['gpu', 'return { info: { isFallbackAdapter: false } }'],
  ['software', 'return { info: { isFallbackAdapter: true } }'],
  ['none', 'console.error("Warning: no driver"); return null'],
  ['untried', 'throw new Error("not like this")'],
])('finds %s where %s', async (found, requestAdapter) => {
  expect(await findAdapter(await dawnThat(requestAdapter))).toBe(found)
})

it('says of a driver that crashes that it does', async () => {
  const dawn = await dawnThat('process.kill(process.pid, "SIGSEGV"); await new Promise(() => {})')
  await expect(findAdapter(dawn)).rejects.toThrow('the driver of WebGPU crashes (SIGSEGV)')
})

it('lets nothing be written to stderr, with an adapter or without', async () => {
  const engine = new URL('../index.ts', import.meta.url).href
  const program = `
    const { openEngine } = await import(${JSON.stringify(engine)})
    console.log((await openEngine('webgpu')())._tag)`
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '--eval',
    program,
  ])
  expect(stdout).toMatch(/^(Left|Right)\n$/)
  expect(stderr).toBe('')
}, 60_000)
