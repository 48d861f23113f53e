import { execFile } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readmeExamples } from './readme-examples.ts'

const run = promisify(execFile)

/**
 * Registers one test per ```ts block of a README: the block is run by plain Node inside the README's folder, so that it
 * may import the package by its public name; it must end well and print what its comments say, line by line.
 * A README without such a block fails.
 *
 * @param folder where the blocks are run, with a slash at its end: the README's own folder unless said. For a page that
 *   lies outside of every package.
 *
 * @example
 * testReadme(new URL('../README.md', import.meta.url))
 */
export function testReadme(readme: URL, folder: URL = new URL('.', readme)): void {
  describe('README', () => {
    const examples = readmeExamples(readme)
    it('has an example', () => {
      expect(examples.length, `${fileURLToPath(readme)}: required a \`\`\`ts block, found none`).toBeGreaterThan(0)
    })
    for (const [index, example] of examples.entries()) {
      it(`prints what it says (line ${example.line})`, { timeout: 60_000 }, async () => {
        // Node strips no types under node_modules, and a package finds its own name only from inside its folder.
        const file = new URL(`.readme-${process.pid}-${index}.ts`, folder)
        writeFileSync(file, example.code)
        try {
          const path = fileURLToPath(file)
          const { stdout } = await run(process.execPath, ['--disable-warning=ExperimentalWarning', path], {
            cwd: fileURLToPath(folder),
          })
          expect(
            stdout
              .split(/\r?\n/)
              .map((line) => line.trimEnd())
              .filter((line) => line !== ''),
          ).toEqual(example.expectedLines)
        } finally {
          rmSync(file, { force: true })
        }
      })
    }
  })
}
