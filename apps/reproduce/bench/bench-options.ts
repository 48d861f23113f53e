import { engineNames } from '@coherent-gradients/engine'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { Output } from '../src/console/terminal.ts'

/** What `pnpm bench` was told. */
export interface BenchOptions {
  readonly engine: string
  /** Names of sections. */
  readonly only: readonly string[]
  readonly keep: boolean
  readonly peers: boolean
}

/**
 * Reads the command line of `pnpm bench`.
 *
 * @param sections the names that `--only` takes: all of them unless it is given.
 * @throws CommanderError, of exit code 0 once the help has been printed, and of another once one line on `err` has said
 *   what can't be understood.
 */
export function benchOptions(
  argv: readonly string[],
  sections: readonly string[],
  { out, err }: { readonly out: Output; readonly err: Output },
): BenchOptions {
  return new Command('pnpm bench')
    .description('Times what is meant to be fast, each line beside what it is compared with.')
    .addOption(new Option('--engine <engine>', 'what computes').choices(['auto', ...engineNames]).default('wasm'))
    .addOption(
      new Option('--only <sections>', `some sections, with commas between them: ${sections.join(', ')}`)
        .default(sections, 'all')
        .argParser((text: string) => sectionsOf(text, sections)),
    )
    .option('--keep', 'keep the results as the earlier ones, with which later calls compare', false)
    .option('--peers', 'also PyTorch, BackPACK, Opacus and JAX, by the Python that PEERS_PYTHON names', false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => void out.write(text), writeErr: (text) => void err.write(text) })
    .parse([...argv], { from: 'user' })
    .opts<BenchOptions>()
}

function sectionsOf(text: string, known: readonly string[]): readonly string[] {
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length === 0) return names
  throw new InvalidArgumentError(`There is no section '${unknown.join("', '")}': choose of ${known.join(', ')}.`)
}
