import { engineNames, type EngineName } from '@coherent-gradients/engine'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { Output } from '../src/console/terminal.ts'

/** What `pnpm bench` was told. */
export interface BenchOptions {
  readonly engines: readonly string[]
  /** Whether the engines were asked for by name. */
  readonly named: boolean
  /** Names of sections. */
  readonly only: readonly string[]
  readonly keep: boolean
  readonly peers: boolean
}

/** Plain JavaScript takes minutes for what the others do in seconds: it is measured where it is asked for. */
const quick: readonly EngineName[] = ['wasm', 'tensorflow', 'webgpu']

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
  const { engine, ...options } = new Command('pnpm bench')
    .description('Times what is meant to be fast, each line beside what it is compared with.')
    .addOption(
      new Option('--engine <engines>', `engines, with commas between them: ${engineNames.join(', ')}`)
        .default(undefined, 'all that open here, but for cpu and a GPU in software')
        .argParser((text: string) => listOf(text, engineNames, 'engine')),
    )
    .addOption(
      new Option('--only <sections>', `some sections, with commas between them: ${sections.join(', ')}`)
        .default(sections, 'all')
        .argParser((text: string) => listOf(text, sections, 'section')),
    )
    .option('--keep', 'keep the results as the earlier ones, with which later calls compare', false)
    .option(
      '--peers',
      'also PyTorch, BackPACK, Opacus, JAX and torchvision, by the Python that PEERS_PYTHON names',
      false,
    )
    .exitOverride()
    .configureOutput({ writeOut: (text) => void out.write(text), writeErr: (text) => void err.write(text) })
    .parse([...argv], { from: 'user' })
    .opts<Omit<BenchOptions, 'engines' | 'named'> & { readonly engine?: readonly string[] }>()
  return { ...options, engines: engine ?? quick, named: engine !== undefined }
}

function listOf(text: string, known: readonly string[], what: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length === 0) return names
  throw new InvalidArgumentError(`There is no ${what} '${unknown.join("', '")}': choose of ${known.join(', ')}.`)
}
