import { Option, type Command } from 'commander'
import { addRunOptions, collectWords, wholeNumber, type RunOptions } from './command-options.ts'
import { collectCommand } from './collect.ts'
import type { Console } from './console.ts'
import { submitCommand, submitMeasureCommand, type SubmitMeasureOptions, type SubmitOptions } from './submit.ts'

const submitExamples = `
Examples:
  reproduce submit fig-4 --slurm                                  a task for each run
  reproduce submit fig-4 --slurm --array-size 8 --gpus 1 --time 2:00:00 --engine tensorflow
  reproduce submit fig-4 --slurm --script-only                    the script, to read or change it
  reproduce collect fig-4                                         what is there, drawn and judged
  reproduce submit measure --slurm --array-size 16 --partial shards -- --model m/model.json --dataset mnist --examples 50000
  reproduce submit fig-4 --kubernetes --image registry/me/coherent-gradients --claim runs | kubectl apply -f -

Runs that are done or running are left out: submitted again, a job makes what is missing, and goes on with what was
killed. docs/cluster.md says more.`

/** Slurm's own limit on the size of an array, unless an administrator has set another. */
const USUAL_ARRAY = 1000

/**
 * Adds `submit` and `collect`.
 *
 * @param ended told the exit code.
 */
export function addClusterCommands(program: Command, console: Console, ended: (code: number) => void): void {
  addRunOptions(
    program
      .command('submit')
      .argument('<experiment>', 'fig-1, fig-4, …; or measure, with its options after --')
      .argument('[options...]', 'of measure')
      .description('hand an experiment’s runs to a cluster, as an array job whose tasks are `run <id>`')
      .addOption(new Option('--slurm', 'submit with sbatch, from a folder that the cluster’s machines share'))
      .addOption(new Option('--kubernetes', 'print the manifest of an Indexed Job').conflicts(['slurm', 'scriptOnly']))
      .option('--script-only', 'print the script for sbatch, and submit nothing')
      .option('--array-size <n>', 'tasks at most, which share the runs; of measure: shards', wholeNumber, USUAL_ARRAY)
      .option('--gpus <n>', 'of each task', wholeNumber)
      .option('--cpus <n>', 'of each task', wholeNumber)
      .option('--time <limit>', 'of each task, as Slurm takes it: 2:00:00')
      .option('--partition <name>', 'Slurm’s partition')
      .option(
        '--sbatch <option>',
        'one more option of sbatch, as --sbatch=--account=physics; repeatable',
        collectWords,
        [],
      )
      .option('--image <image>', 'of Kubernetes: has this checkout in /app, installed')
      .addOption(new Option('--claim <name>', 'of Kubernetes: the volume claim for the folder of runs').default('runs'))
      .option('--partial <folder>', 'of measure: where shards leave their parts')
      .addHelpText('after', submitExamples),
    false,
  ).action(
    async (id: string, rest: string[], options: SubmitOptions & Partial<SubmitMeasureOptions>, command: Command) => {
      if (options.slurm !== true && options.kubernetes !== true && options.scriptOnly !== true)
        command.error('error: say where to: --slurm or --kubernetes')
      if (options.kubernetes === true && options.image === undefined) command.error('error: --kubernetes needs --image')
      if (id !== 'measure') {
        if (rest.length > 0) command.error(`error: one experiment at a time, found ${rest.join(' ')} besides`)
        return ended(await submitCommand(id, options, console))
      }
      if (options.kubernetes === true) command.error('error: submit measure goes with --slurm')
      if (options.partial === undefined || rest.length === 0)
        command.error('error: submit measure needs --partial <folder>, and after -- the options of measure')
      if (options.arraySize === USUAL_ARRAY)
        command.error('error: submit measure needs --array-size, the number of shards')
      ended(await submitMeasureCommand(rest, options as SubmitMeasureOptions, console))
    },
  )
  addRunOptions(
    program
      .command('collect')
      .argument('<experiment>')
      .description(
        'what a cluster has made of an experiment: what is missing, and figures and verdicts of what is there',
      ),
    false,
  ).action(async (id: string, options: RunOptions) => {
    ended(await collectCommand(id, options, console))
  })
}
