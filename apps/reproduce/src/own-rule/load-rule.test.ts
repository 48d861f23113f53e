import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'load-rule-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

describe('loading a file', () => {
  const files = {
    'torn.ts': 'export default {',
    'importing.ts': "import './other.ts'\nexport default 7",
    'missing.ts': "import 'no-such-package'\nexport default 7",
    'named.ts': 'export const rule = 7',
    'typed.mts': 'enum Colour { Red }\nexport default Colour',
    'other.js': 'export default 7',
  }

  // In a process of its own: vitest's own way to import has other errors.
  it('says why one can’t be a rule', async () => {
    const folder = await mkdtemp(join(scratch, 'files-'))
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    const asked = [...Object.keys(files).map((name) => [name]), ['nowhere.ts'], ['other.js', '00'.repeat(32)]]
    const script = `
      const { loadRule } = await import(${JSON.stringify(new URL('load-rule.ts', import.meta.url).href)})
      for (const [name, expected] of ${JSON.stringify(asked)}) console.log((await loadRule(name, expected)()).left.message)`
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script],
      { cwd: folder },
    )
    const said = stdout.trimEnd().split('\n')
    const expected = [
      /^torn.ts: the rule can’t be loaded: /,
      /^importing.ts: the rule can’t be loaded: it imports .\/other.ts: a rule is one file, which imports packages alone$/,
      /^missing.ts: the rule can’t be loaded: Cannot find package 'no-such-package'/,
      /^named.ts: required an aggregator, .* as the default export, found rule$/,
      /^typed.mts: the rule can’t be loaded: .*enum/i,
      /^other.js: required an aggregator with name, rows, init and aggregate, found number$/,
      /^nowhere.ts: there is no such file$/,
      /^other.js: required the rule with sha256 0000.*, found [\da-f]{64}: run the experiment with it again$/,
    ]
    expect(said).toHaveLength(expected.length)
    for (const [i, message] of expected.entries()) expect(said[i]).toMatch(message)
  }, 60_000)
})
