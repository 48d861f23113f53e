import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anchorsOf, linksOf } from './markdown-links.ts'
import { git } from './versions/git.ts'
import { workspaceRoot } from './workspace-root.ts'

// Files that aren't committed yet count as well, and those that git ignores don't.
const listed = await git(['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'], workspaceRoot)
// A snapshot's links are of where the text is to lie.
const pages = [...new Set(listed.split('\0'))].filter(
  (file) => file !== '' && !file.includes('__snapshots__') && existsSync(join(workspaceRoot, file)),
)
const textOf = (file: string): string => readFileSync(join(workspaceRoot, file), 'utf8')

describe('anchorsOf', () => {
  it('makes of a heading what the forge makes of it', () => {
    const text =
      '# When α misleads\n## `measure`, and *why*\n## Twice\n## Twice\n```\n# no heading\n```\n<a id="here"></a>'
    expect(anchorsOf(text)).toEqual(new Set(['when-α-misleads', 'measure-and-why', 'twice', 'twice-1', 'here']))
  })
})

describe('linksOf', () => {
  it('finds links and pictures with their lines, and none in code', () => {
    const text =
      '[a](b.md#c)\n`[no](no.md)` ![p](<p q.svg> "title")\n```\n[no](no.md)\n```\n<img src="i.png">\n[r]: d.md'
    expect(linksOf(text)).toEqual([
      { target: 'b.md#c', line: 1 },
      { target: 'p q.svg', line: 2 },
      { target: 'i.png', line: 6 },
      { target: 'd.md', line: 7 },
    ])
  })
})

it.each(pages)('%s links only to what is there', (page) => {
  const dead = linksOf(textOf(page)).filter(({ target }) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return false // of the web
    const [path = '', anchor] = decodeURI(target).split('#')
    const file = path === '' ? page : normalize(join(dirname(page), path))
    if (file.startsWith('..') || !existsSync(join(workspaceRoot, file))) return true
    return anchor !== undefined && file.endsWith('.md') && !anchorsOf(textOf(file)).has(anchor)
  })
  expect(dead).toEqual([])
})
