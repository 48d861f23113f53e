import { type Command, Option } from 'commander'
import { engineOption } from './command-options.ts'
import { conformanceCommand } from './conformance.ts'
import type { Console } from './console.ts'
import { doctorCommand } from './engine-doctor.ts'
import { installCommand, type InstallCommandOptions } from './engine-install.ts'

const installExplanation = `
  wheel      fetched by pip and checked against known checksums, then g++ compiles the binding (10 seconds): 0.2 GB to
             fetch and 0.6 GB on disk, with --gpu 2.4 and 4.0. Linux x64. Needs Python 3 with pip and a C++ compiler.
  upstream   what npm's @tensorflow/tfjs-node fetches from Google's storage by itself: TensorFlow 2.9, CUDA 11.

Everything is kept in ~/.cache/coherent-gradients (COHERENT_GRADIENTS_CACHE names another folder) and serves every
checkout. Killed, it goes on where it stood; removing the folder uninstalls it. docs/engines.md says more.`

/**
 * Adds what is about engines: `conformance`, `engine doctor` and `engine install`.
 *
 * @param ended told the exit code.
 */
export function addEngineCommands(program: Command, console: Console, ended: (code: number) => void): void {
  program
    .command('conformance')
    .argument('[folder]', 'folder of reference vectors; the project’s own unless said')
    .description('every reference vector through the public API: each example’s gradient and all that follows from it')
    .addOption(engineOption())
    .addHelpText(
      'after',
      '\nPrints a line for each network, with the largest relative error; ends with 1 if any failed.',
    )
    .action(async (folder: string | undefined, options: { engine: string }) => {
      ended(await conformanceCommand(folder, options, console))
    })

  const engine = program
    .command('engine')
    .description('what computes: which engines work here, and how to get the others')
  engine
    .command('doctor')
    .description('which engines open here, why the others don’t and how to get them, versions, a speed test each')
    .option('--json', 'print one JSON object and nothing else')
    .action(async (options: { json?: boolean }) => {
      ended(await doctorCommand(options, console))
    })
  engine
    .command('install')
    .description(
      'make engine tensorflow usable: fetch TensorFlow and build tfjs-node-gpu’s binding, outside the project',
    )
    .option('--gpu', 'with CUDA 12, for an NVIDIA GPU')
    .addOption(
      new Option('--from <source>', 'TensorFlow’s wheel from PyPI, or tfjs-node’s own install script')
        .choices(['wheel', 'upstream'])
        .default('wheel'),
    )
    .addHelpText('after', installExplanation)
    .action(async (options: InstallCommandOptions) => {
      ended(await installCommand(options, console))
    })
}
