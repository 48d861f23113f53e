import { parseArgs } from 'node:util'

/** What the suite was told to do. */
export type SuiteOptions =
  | { readonly kind: 'help' }
  | { readonly kind: 'stock' }
  | { readonly kind: 'update' }
  | { readonly kind: 'judge'; readonly only: RegExp | undefined }
  /** A command line that can't be understood, and why, in one line. */
  | { readonly kind: 'refused'; readonly message: string }

/** Reads the suite's command line. */
export function suiteOptions(argv: readonly string[]): SuiteOptions {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true })
    if (values.help === true) return { kind: 'help' }
    const told = [...Object.keys(values).map((name) => `--${name}`), ...positionals]
    if (told.length > 1) return refused(`required --stock, --update or one pattern, found ${told.join(' ')}`)
    if (values.stock === true) return { kind: 'stock' }
    if (values.update === true) return { kind: 'update' }
    const [pattern] = positionals
    return { kind: 'judge', only: pattern === undefined ? undefined : new RegExp(pattern) }
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error))
  }
}

const options = {
  help: { type: 'boolean', short: 'h' },
  stock: { type: 'boolean' },
  update: { type: 'boolean' },
} as const

function refused(reason: string): SuiteOptions {
  return { kind: 'refused', message: `${reason} (--help shows what can be asked)` }
}
