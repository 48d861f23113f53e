import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'

const module = JSON.stringify(new URL('end-with-parent.ts', import.meta.url).href)

/** Says that it is there, and then computes for ever. */
const busy = `
  const { endWithParent } = await import(${module})
  endWithParent(Number(process.argv[1]))
  process.stdout.write('busy\\n', () => { for (;;); })`

/** Starts that one, and waits for nothing. */
const parent = `
  require('node:child_process').fork('-', [], {
    execPath: process.execPath,
    execArgv: ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', ${JSON.stringify(busy)}, '--', String(process.pid)],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })`

it('ends a process whose parent is killed, though it never has time to hear of it', async () => {
  const child = spawn(process.execPath, ['-e', parent], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  expect(said.toString()).toBe('busy\n')
  child.kill('SIGKILL')
  // The pipe closes when the last of those ends who have it.
  expect(await text(child.stdout)).toBe('')
})
