import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@coherent-gradients/testkit'
import { expect, it } from 'vitest'
import { checkBinding } from './check-binding.ts'

it.each([
  ['a binding that is none', 'tfjs_binding.node', 'nothing to load', /can't be loaded \(Error: .*/],
  ['a process that dies of it', 'dies.cjs', "process.kill(process.pid, 'SIGILL')", /ended by a signal/],
])('says of %s that it can’t be loaded, and lives on', async (_, name, content, message) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, name), content)
  const checked = await checkBinding(join(folder, name))
  expect(checked).toMatchObject({
    left: { _tag: 'StepFailed', step: 'check', message: expect.stringMatching(message) },
  })
})
