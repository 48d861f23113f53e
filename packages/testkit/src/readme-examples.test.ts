import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { readmeExamples, testReadme } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'readme-'))
afterAll(() => rmSync(folder, { recursive: true }))

function readme(name: string, text: string): URL {
  const file = join(folder, name)
  writeFileSync(file, text)
  return pathToFileURL(file)
}

const two = readme(
  'two.md',
  [
    '# Two',
    '```ts',
    'const x: number = 2',
    'console.log(x + 1) // 3',
    'console.log("https://example.org") // https://example.org',
    'console.log(',
    '  [x, x],',
    ') // [ 2, 2 ]',
    '// a remark',
    '```',
    '```ts no-run',
    'not code',
    '```',
    '```sh',
    'ls',
    '```',
    '```ts',
    "console.log('b') // b",
    '```',
  ].join('\n'),
)

describe('readmeExamples', () => {
  it('takes the ts blocks with what they print', () => {
    const examples = readmeExamples(two)
    expect(examples.map((example) => example.expectedLines)).toEqual([['3', 'https://example.org', '[ 2, 2 ]'], ['b']])
    expect(examples.map((example) => example.line)).toEqual([3, 18])
  })

  it('finds none where there is none', () => {
    expect(readmeExamples(readme('none.md', '# None\n```sh\nls\n```\n'))).toEqual([])
  })
})

testReadme(two)

describe('testReadme', () => {
  it('leaves no file behind', () => {
    expect(readdirSync(folder).filter((file) => file.endsWith('.ts'))).toEqual([])
  })
})
