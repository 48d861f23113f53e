import { Command, CommanderError } from 'commander'
import { addBoundCommand } from './commands/bound.ts'
import { addClusterCommands } from './commands/add-cluster-commands.ts'
import { addEngineCommands } from './commands/add-engine-commands.ts'
import { addMeasureCommand } from './commands/add-measure-command.ts'
import { addRunCommands } from './commands/add-run-commands.ts'
import { addSuspectsCommand } from './commands/add-suspects-command.ts'
import type { Console } from './commands/console.ts'
import { addDataCommands } from './commands/data.ts'
import { printFailure } from './console/print-failure.ts'
import { printUnexpected } from './console/print-unexpected.ts'
import { experiments } from './experiments/index.ts'
import { didYouMean } from './text/did-you-mean.ts'

const examples = `
Examples:
  reproduce                                     the main job: real images against noise, in under 2 minutes
  reproduce list                                what can be reproduced, and at what cost
  reproduce run fig-4 --scale smoke             a first look at winsorized SGD, in under a minute
  reproduce run fig-1 --set random=labels       random labels in place of random images
  reproduce run fig-4 --dry-run                 what it would make, and how long that takes here
  reproduce submit fig-4 --slurm                the same runs on a cluster
  reproduce report                              one page of everything that has been run
  reproduce report --markdown docs              what came out at desk scale, as a document for a repository
  reproduce measure --model your/model.json --dataset mnist   the coherence of your own tfjs model
  reproduce bound my/training.csv --lipschitz 1 --smoothness 1 --examples 50000   Theorem 1 over your own run
  reproduce suspects --dataset your/pictures    which labels of your own data look wrong
  reproduce engine doctor                       what can compute here, and how fast

A run can be killed at any moment; started again, it goes on from its last checkpoint.`

/** What a reader of the help meets first stands first. */
const adding = [
  addRunCommands,
  addMeasureCommand,
  addClusterCommands,
  addBoundCommand,
  addDataCommands,
  addSuspectsCommand,
  addEngineCommands,
]

/**
 * Runs a command line and gives its exit code: 0, 1 for a failure that was printed as one line, also one that nobody foresaw, 2 for a
 * command line that can't be understood.
 */
export async function commandLine(argv: readonly string[], console: Console): Promise<number> {
  let code = 0
  const program = new Command('reproduce')
    .description(
      'Reproduces the experiments of "On the Generalization Mystery in Deep Learning" (Chatterjee & Zielinski).',
    )
    .addHelpText('after', examples)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void console.out.write(text),
      writeErr: (text) => void console.err.write(text),
    })
  for (const add of adding) {
    add(program, console, (ended) => {
      code = ended
    })
  }

  pointToHelp(program)
  const commands = [...program.commands.map((command) => command.name()), 'help'].filter((name) => name !== 'main')
  const named = argv[0] === 'help' ? argv[1] : argv[0]
  const meant = (word: string): string | undefined =>
    experiments.some(({ id }) => id === word) ? `did you mean reproduce run ${word}?` : didYouMean(word, commands)
  if (named !== undefined && !named.startsWith('-') && !commands.includes(named)) {
    printFailure(console.err, {
      _tag: 'UnknownCommand',
      message: `unknown command '${named}': ${meant(named) ?? `choose ${commands.join(', ')}`}`,
    })
    return 2
  }

  try {
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    printUnexpected(console.err, error)
    return 1
  }
}

/** Each command's own help, after an error in its options. */
function pointToHelp(command: Command, path: string = command.name()): void {
  command.showHelpAfterError(`(${path} --help shows what can be asked)`)
  for (const each of command.commands) pointToHelp(each, each.name() === 'main' ? path : `${path} ${each.name()}`)
}
