import type { Command } from 'commander'
import type { Console } from './console.ts'
import { addRunOptions, runsOption, scaleOption, type CommonOptions, type RunOptions } from './command-options.ts'
import { figureCommand } from './figure.ts'
import { listCommand } from './list.ts'
import { pruneCommand } from './prune.ts'
import { reportCommand, type ReportOptions } from './report.ts'
import { runCommand, type MakeOptions } from './run.ts'
import { statusCommand } from './status.ts'

const runExamples = `
Examples:
  reproduce run fig-4 --dry-run                 what it would make, which of it is done, and how long the rest takes
  reproduce run --all --scale smoke             everything, small, with one summary at the end
  reproduce run 0f3c5a7e9b1d                    one run of a plan, by the id that --dry-run lists
  reproduce run fig-4 --scale smoke --aggregator ./mine.ts
  reproduce run fig-4 --aggregator '{"rule":"winsorized-mean","percent":3}'
  reproduce run fig-1 --scale smoke --aggregator coordinate-median

A rule of your own is one file: docs/own-aggregator.md has one to begin with.`

/**
 * Adds what makes experiments and shows them: the main job, `list`, `run`, `figure`, `report`, `status` and `prune`.
 *
 * @param ended told the exit code.
 */
export function addRunCommands(program: Command, console: Console, ended: (code: number) => void): void {
  addRunOptions(program.command('main', { isDefault: true, hidden: true })).action(async (options: RunOptions) => {
    ended(await runCommand(['fig-1'], options, console))
  })
  program
    .command('list')
    .argument('[experiment...]', 'these alone')
    .description('every experiment: the paper’s figure, its claim, its settings, the cost of each scale')
    .action((ids: string[]) => {
      ended(listCommand(ids, console))
    })
  addRunOptions(
    program
      .command('run')
      .argument('[experiment...]', 'fig-1, fig-4, …; or the id of a run, to make that one alone')
      .description('make an experiment’s runs, then its figures and verdicts')
      .option('--all', 'every experiment that has the scale, one after the other, with one summary')
      .option('--dry-run', 'say what would be made and, by a short trial of each kind of run, how long it takes')
      .addHelpText('after', runExamples),
  ).action(async (ids: string[], options: MakeOptions, command: Command) => {
    if (ids.length === 0 && options.all !== true)
      command.error("error: missing required argument 'experiment': name some, or --all")
    if (ids.length > 0 && options.all === true) command.error('error: --all goes without names of experiments')
    ended(await runCommand(ids, options, console))
  })
  addRunOptions(
    program.command('figure').argument('<experiment>').description('draw and judge again from what has been run'),
  ).action(async (id: string, options: RunOptions) => {
    ended(await figureCommand(id, options, console))
  })
  program
    .command('report')
    .description('one self-contained HTML page of everything that has been run, or a document for a repository')
    .option('--markdown <folder>', 'write results.md, results.csv, results-runs.csv and figures/*.svg there instead')
    .addOption(scaleOption('which runs the document is of; the page has all'))
    .addOption(runsOption())
    .action(async (options: ReportOptions) => {
      ended(await reportCommand(options, console))
    })
  program
    .command('status')
    .argument('[experiment...]', 'these alone')
    .description(
      'what is done, running, torn (it goes on when made again), missing or damaged, and how much disk it takes',
    )
    .addOption(runsOption())
    .action(async (ids: string[], options: CommonOptions) => {
      ended(await statusCommand(ids, options, console))
    })
  program
    .command('prune')
    .description('remove the checkpoints of runs that are done, which only measure and bound could still read')
    .addOption(runsOption())
    .action(async (options: CommonOptions) => {
      ended(await pruneCommand(options, console))
    })
}
