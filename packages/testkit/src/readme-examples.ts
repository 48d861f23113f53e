import { readFileSync } from 'node:fs'

/** One ```ts block of a README. */
export interface ReadmeExample {
  readonly code: string
  /** What its `console.log(…) // …` lines say they print, in order. */
  readonly expectedLines: readonly string[]
  /** The line of the README on which the block's code starts, from 1. */
  readonly line: number
}

/**
 * The runnable examples of a README: its blocks fenced as ```ts. A block fenced as ```ts no-run is left out.
 *
 * What an example prints stands in a comment after the closing parenthesis of each `console.log(…)`.
 */
export function readmeExamples(readme: URL): ReadmeExample[] {
  const examples: ReadmeExample[] = []
  let block: { code: string[]; line: number; runs: boolean } | null = null
  for (const [index, text] of readFileSync(readme, 'utf8').split(/\r?\n/).entries()) {
    if (block === null) {
      const fence = /^```(?:ts|typescript)\b\s*(.*)$/.exec(text)
      if (fence !== null) block = { code: [], line: index + 2, runs: fence[1]!.trim() !== 'no-run' }
    } else if (text.startsWith('```')) {
      if (block.runs) {
        examples.push({ code: block.code.join('\n'), expectedLines: block.code.flatMap(printed), line: block.line })
      }
      block = null
    } else {
      block.code.push(text)
    }
  }
  return examples
}

/** The comment after a call of console.log that ends on this line. */
function printed(line: string): string[] {
  const found = /(?:console\.log\(.*|^\s*)\)\s*\/\/\s?(.*)$/.exec(line)
  return found === null ? [] : [found[1]!.trimEnd()]
}
