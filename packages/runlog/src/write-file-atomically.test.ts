import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { left, right } from './testing/right.ts'
import { temporaryDirectory } from './testing/temporary-directory.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

describe('writeFileAtomically', () => {
  it('makes the folder, writes text or bytes, replaces, and leaves nothing else', async () => {
    const folder = join(temporaryDirectory(), 'a/b')
    const path = join(folder, 'spec.json')
    await right(writeFileAtomically(path, '{"α":1}'))
    expect(readFileSync(path, 'utf8')).toBe('{"α":1}')
    await right(writeFileAtomically(path, Uint8Array.of(1, 2)))
    expect([...readFileSync(path)]).toEqual([1, 2])
    expect(readdirSync(folder)).toEqual(['spec.json'])
  })

  it('writes one path many times at once, each whole', async () => {
    const folder = temporaryDirectory()
    const path = join(folder, 'plan.json')
    const contents = Array.from({ length: 8 }, (_, i) => String(i).repeat(100_000))
    await Promise.all(contents.map((each) => right(writeFileAtomically(path, each))))
    expect(contents).toContain(readFileSync(path, 'utf8'))
    expect(readdirSync(folder)).toEqual(['plan.json'])
  })

  it('fails in one line that names the file, and leaves nothing aside', async () => {
    const directory = temporaryDirectory()
    writeFileSync(join(directory, 'file'), '')
    expect(await left(writeFileAtomically(join(directory, 'file/DONE'), ''))).toMatchObject({
      _tag: 'WriteFailed',
      file: join(directory, 'file/DONE'),
      message: expect.stringMatching(/^\S+DONE: cannot be written: [^\n]+; check the folder's permissions/),
    })
    mkdirSync(join(directory, 'taken/x'), { recursive: true })
    expect(await left(writeFileAtomically(join(directory, 'taken'), ''))).toMatchObject({ _tag: 'WriteFailed' })
    expect(readdirSync(directory).toSorted()).toEqual(['file', 'taken'])
  })
})
