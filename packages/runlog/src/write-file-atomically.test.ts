import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@coherent-gradients/testkit'
import { expect, it } from 'vitest'
import { left } from './testing/right.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

it('fails in one line that names the file', async () => {
  const directory = temporaryFolder()
  writeFileSync(join(directory, 'file'), '')
  expect(await left(writeFileAtomically(join(directory, 'file/DONE'), ''))).toMatchObject({
    _tag: 'WriteFailed',
    file: join(directory, 'file/DONE'),
    message: expect.stringMatching(/^\S+DONE: cannot be written: [^\n]+; check the folder's permissions/),
  })
})
