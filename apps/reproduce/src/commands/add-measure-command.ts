import { type Command, InvalidArgumentError, Option } from 'commander'
import { batchNormModes } from '../measure/batch-norm.ts'
import { lossNames } from '../measure/loss-of-model.ts'
import { parseNormalisation, type Normalisation } from '../measure/normalisation.ts'
import { parseShard, type Shard } from '../measure/shards/parse-shard.ts'
import { engineOption, onBadImageOption, wholeNumber } from './command-options.ts'
import type { Console } from './console.ts'
import { measureCommand, type MeasureCommandOptions, type MeasureModelOptions } from './measure.ts'
import { measureShardCommand, type MeasureShardCommandOptions } from './measure-shard.ts'

const measureExamples = `
Examples:
  reproduce measure --model my/model.json --dataset mnist
  reproduce measure --model my/model.json --dataset mnist --part test --examples 5000 --normalise standard
  reproduce measure --model my/model.json --dataset my/data.npz --sample 1 --json
  reproduce measure --model my/model.json --dataset my/pictures --examples 500 --population class
  reproduce measure --model my/model.json --dataset mnist --examples 50000 --shard 2/5 --partial my/shards
  reproduce measure --gradients my/gradients.npz

The loss is taken from the last layer: linear outputs are logits of a softmax; after a softmax or a sigmoid it is the
cross-entropy of those probabilities. docs/measure.md says how to read the table.`

/** Options of `measure` that say nothing where gradients come out of a file. */
const ofModels = [
  'model',
  'weights',
  'dataset',
  'part',
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
 * Adds the command `measure` to a program.
 *
 * @param ended told the exit code.
 */
export function addMeasureCommand(program: Command, console: Console, ended: (code: number) => void): void {
  program
    .command('measure')
    .description('coherence of your own model: how many examples each example helps, layer by layer')
    .option(
      '--model <file>',
      'a tfjs layers model’s model.json, a spec with safetensors weights, or the folder of a run',
    )
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
    .addOption(new Option('--part <part>', 'which part (mnist: train unless said)').choices(['train', 'test']))
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
    .option('--pass-memory <MiB>', 'activations that one pass may hold (32 unless said); the figures stay', wholeNumber)
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
    .addOption(engineOption())
    .addOption(onBadImageOption())
    .option('--data-dir <folder>', 'folder of all data sets (data unless said); MNIST comes with the project')
    .option('--json', 'print one JSON object and nothing else')
    .option('--out <folder>', 'also write measure.json, an Arrow table and a figure there')
    .addHelpText('after', measureExamples)
    .action(async (options: MeasureCommandOptions | MeasureShardCommandOptions, command: Command) => {
      if ('merge' in options || 'gradients' in options) {
        return ended(await measureCommand(options, console))
      }
      for (const needed of ['model', 'dataset'] as const) {
        if ((options as MeasureModelOptions)[needed] === undefined)
          command.error(
            `error: required --${needed}, or --gradients in place of a model` +
              (needed === 'dataset' ? '; what a run was trained on stands in its spec.json' : ''),
          )
      }
      const { batchNorm, batchSize } = options as MeasureModelOptions
      if (batchSize !== undefined && (batchNorm ?? 'inference') === 'inference')
        command.error('error: --batch-size goes with --batch-norm frozenBatch or imputed')
      if ('shard' in options !== 'partial' in options) command.error('error: --shard and --partial go together')
      ended(await ('shard' in options ? measureShardCommand(options, console) : measureCommand(options, console)))
    })
}

function shard(text: string): Shard {
  const parsed = parseShard(text)
  if (parsed !== undefined) return parsed
  throw new InvalidArgumentError('Choose k/n, such as 2/5: the second of five.')
}

function normalisation(text: string): Normalisation {
  const parsed = parseNormalisation(text)
  if (parsed !== undefined) return parsed
  throw new InvalidArgumentError(
    'Choose unit, none, standard, symmetric, imagenet, or a mean and a deviation: 0.5,0.25.',
  )
}
