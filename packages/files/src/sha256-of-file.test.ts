import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@coherent-gradients/testkit'
import { expect, it } from 'vitest'
import { sha256OfFile } from './sha256-of-file.ts'

it.each([0, 1, 2 ** 20 + 1])('is the digest of %i bytes', async (length) => {
  const file = join(temporaryFolder(), 'file')
  const bytes = Uint8Array.from({ length }, (_, i) => i % 251)
  writeFileSync(file, bytes)
  expect(await sha256OfFile(file)).toBe(createHash('sha256').update(bytes).digest('hex'))
})

it('rejects where there is no such file', async () => {
  await expect(sha256OfFile(join(temporaryFolder(), 'none'))).rejects.toMatchObject({ code: 'ENOENT' })
})
