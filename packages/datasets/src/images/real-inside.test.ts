import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { realInside } from './real-inside.ts'

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'real-inside-')))
afterAll(() => rmSync(scratch, { recursive: true }))
const root = join(scratch, 'pictures')
mkdirSync(join(root, 'cats'), { recursive: true })
mkdirSync(join(scratch, 'pictures-of-others'))
writeFileSync(join(root, 'cats', '1.png'), '')
writeFileSync(join(scratch, 'secret.png'), '')

function link(name: string, target: string): string {
  const file = join(root, name)
  symlinkSync(target, file)
  return file
}

it('follows links to what lies in the folder, and says which are folders', async () => {
  expect(await realInside(root, link('one.png', join('cats', '1.png')))).toEqual({ isFolder: false })
  expect(await realInside(root, link('again', 'cats'))).toEqual({ isFolder: true })
})

it.each([
  ['out.png', join('..', 'secret.png'), /a link that leads out of the folder/],
  ['absolute.png', join(scratch, 'secret.png'), /a link that leads out of the folder/],
  ['neighbour', join('..', 'pictures-of-others'), /a link that leads out of the folder/],
  ['up', '.', /a link that leads back to a folder that it lies in/],
])('refuses %s, a link to %s', async (name, target, message) => {
  const refused = await realInside(root, link(name, target)).then(
    () => 'taken',
    (error: unknown) => JSON.stringify(error) + String(error),
  )
  expect(refused).toMatch(message)
})
