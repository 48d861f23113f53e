import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { platform } from 'node:process'
import { temporaryFolder } from '@coherent-gradients/testkit'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { installTensorflow } from './index.ts'

let scratch: string
beforeEach(() => {
  scratch = temporaryFolder()
})
afterEach(() => vi.unstubAllEnvs())

it('says in one line that its folder can’t be made', async () => {
  writeFileSync(join(scratch, 'file'), '')
  const folders = [join(scratch, 'file'), ...(platform === 'linux' ? ['/proc/nobody-made-this'] : [])]
  for (const cache of folders) {
    expect(await installTensorflow({ cache })()).toMatchObject({
      left: { _tag: 'FolderRefused', message: expect.stringMatching(/^[^\n]+COHERENT_GRADIENTS_CACHE[^\n]+$/) },
    })
  }
})

it('keeps the log of an install script of upstream’s that failed, and lets go of the lock', async () => {
  writeFileSync(join(scratch, 'npm'), '#!/bin/sh\necho fetching\necho Error: no such host >&2\nexit 1\n', {
    mode: 0o755,
  })
  vi.stubEnv('PATH', `${scratch}:/bin:/usr/bin`)
  const installed = await installTensorflow({ from: 'upstream', cache: scratch })()
  const log = join(scratch, 'tensorflow', 'upstream.partial', 'install.log')
  expect(installed).toMatchObject({
    left: {
      _tag: 'StepFailed',
      message: `@tensorflow/tfjs-node's own install script failed (Error: no such host): see ${log}, or install from the wheel`,
    },
  })
  expect(readFileSync(log, 'utf8')).toContain('fetching')
  expect(readdirSync(join(scratch, 'tensorflow'))).toEqual(['upstream.partial'])
})
