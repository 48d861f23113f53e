import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@coherent-gradients/testkit'
import { expect, it } from 'vitest'
import { asideOf } from './aside-of.ts'
import { isAside } from './is-aside.ts'
import { replaceFile } from './replace-file.ts'

it('makes the folder, writes text or bytes, replaces, and leaves nothing else', async () => {
  const folder = join(temporaryFolder(), 'a', 'b')
  const path = join(folder, 'spec.json')
  await replaceFile(path, '{"α":1}')
  expect(readFileSync(path, 'utf8')).toBe('{"α":1}')
  await replaceFile(path, Uint8Array.of(1, 2), { lasting: false })
  expect([...readFileSync(path)]).toEqual([1, 2])
  expect(readdirSync(folder)).toEqual(['spec.json'])
})

it('writes one path many times at once, each whole', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'plan.json')
  const contents = Array.from({ length: 8 }, (_, i) => String(i).repeat(100_000))
  await Promise.all(contents.map((each) => replaceFile(path, each)))
  expect(contents).toContain(readFileSync(path, 'utf8'))
  expect(readdirSync(folder)).toEqual(['plan.json'])
})

it('rejects with the system’s error, and leaves what was there and nothing aside', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  await expect(replaceFile(join(folder, 'file', 'DONE'), '')).rejects.toMatchObject({ code: expect.any(String) })
  mkdirSync(join(folder, 'taken', 'x'), { recursive: true })
  await expect(replaceFile(join(folder, 'taken'), '')).rejects.toMatchObject({ syscall: 'rename' })
  expect(readdirSync(folder).toSorted()).toEqual(['file', 'taken'])
})

it('knows the names that it writes aside under, no two of which are the same', () => {
  const names = [asideOf('spec.json'), asideOf('spec.json')]
  expect(names.map(isAside)).toEqual([true, true])
  expect(new Set(names).size).toBe(2)
  expect(['spec.json', '.hidden', 'spec.aside'].map(isAside)).toEqual([false, false, false])
})
