import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Noise } from '@coherent-gradients/datasets'
import { noiseNames, parseNoise } from '../data/parse-noise.ts'
import { criteria, stages, type Criterion, type Stage } from '../suspects/scores.ts'
import { engineOption, wholeNumber } from './command-options.ts'
import type { Console } from './console.ts'

const explanation = `
A small network is trained on the data as they are; an example whose label it learns late and against the others is a
suspect. The scores, always printed together, and which of them to rank by:
  margin              logit of the label less the best of the others: found wrong labels best (docs/label-noise.md)
  loss                the example's own loss
  help                gᵢ·Σⱼ≠ᵢ gⱼ: what a small step for all the others does for the example; below 0 it hurts
  direction           the same as a cosine
  confident-learning  networks that weren't trained on the example expect another class than its label
at a stage: within the first epoch, early (after 4 epochs), late (after all) or throughout, the mean over all looks.
No criterion knows what is right: look at the contact sheet before you remove anything.

Examples:
  reproduce suspects --dataset my/pictures --out my/suspects
  reproduce suspects --dataset my/data.npz --examples 20000 --top 50 --json
  reproduce suspects --dataset mnist --noise labels=0.1 --out sheet
  reproduce suspects --dataset cifar10 --model 256,256 --epochs 32 --by help --at first`

interface Given {
  readonly dataset: string
  readonly dataDir: string
  readonly part: 'train' | 'test'
  readonly examples?: number
  readonly noise?: Noise
  readonly model: readonly number[]
  readonly epochs: number
  readonly learningRate: number
  readonly batchSize: number
  readonly folds: number
  readonly by: string
  readonly at: Stage
  readonly top: number
  readonly out?: string
  readonly json?: boolean
  readonly seed: string
  readonly engine: string
}

/**
 * Adds the command `suspects` to a program. What it needs is loaded when it is asked for.
 *
 * @param ended told the exit code.
 */
export function addSuspectsCommand(program: Command, console: Console, ended: (code: number) => void): void {
  program
    .command('suspects')
    .description('which labels of a data set look wrong: the worst with their scores, and a contact sheet')
    .requiredOption(
      '--dataset <name>',
      'a name of `data list`, a .npz file with arrays x and y, or pictures: a folder with one folder a class, a .tar, .parquet or .pack file',
    )
    .addOption(new Option('--part <part>', 'which part').choices(['train', 'test']).default('train'))
    .option('--examples <n>', 'so many, drawn at random; all, and 5000 at most, unless said', wholeNumber)
    .addOption(
      new Option('--noise <kind=share>', `wrong labels to try it with: ${labelNoises.join(', ')}`).argParser(noise),
    )
    .addOption(
      new Option('--model <widths>', 'hidden ReLU layers of the network, or linear')
        .argParser(widths)
        .default([64, 64], '64,64'),
    )
    .option('--epochs <n>', 'how long it is trained', wholeNumber, 16)
    .option('--learning-rate <x>', 'of its SGD', positive, 0.1)
    .option('--batch-size <n>', 'of its SGD', wholeNumber, 60)
    .option('--folds <n>', 'networks of confident learning', atLeast2, 4)
    .addOption(new Option('--by <score>', 'what ranks').choices(criteria.map(wordOf)).default('margin'))
    .addOption(new Option('--at <stage>', 'when it is looked at').choices([...stages]).default('throughout'))
    .option('--top <n>', 'how many are printed and drawn', wholeNumber, 24)
    .option('--out <folder>', 'suspects.arrows and suspects.csv with every example, suspects.png with the worst')
    .option('--json', 'print one JSON object and nothing else')
    .option('--seed <seed>', 'draws the examples, the noise, the folds and the networks', '1')
    .addOption(engineOption())
    .addOption(new Option('--data-dir <folder>', 'folder of all data').default('data'))
    .addHelpText('after', explanation)
    .action(async ({ model, epochs, learningRate, batchSize, folds, by, at, ...given }: Given) => {
      const { suspectsCommand } = await import('./suspects.ts')
      ended(
        await suspectsCommand(
          {
            ...given,
            scoring: { network: { hidden: model, batchSize, learningRate }, epochs, folds },
            by: criteria.find((each) => wordOf(each) === by) as Criterion,
            stage: at,
          },
          console,
        ),
      )
    })
}

const labelNoises = noiseNames.filter((name) => name.startsWith('labels'))
const wordOf = (criterion: Criterion): string => criterion.replace(' ', '-')

function atLeast2(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 2) return value
  throw new InvalidArgumentError('A whole number from 2 on is needed.')
}

function positive(text: string): number {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new InvalidArgumentError('A number above 0 is needed.')
}

function widths(text: string): readonly number[] {
  if (text === 'linear') return []
  const found = text.split(',').map(Number)
  if (found.every((width) => Number.isInteger(width) && width >= 1)) return found
  throw new InvalidArgumentError('Widths such as 64,64 are needed, or linear.')
}

function noise(text: string): Noise {
  const parsed = parseNoise(text)
  if (parsed?.kind === 'labels') return parsed
  throw new InvalidArgumentError(`Choose one of ${labelNoises.join(', ')}, and a share from 0 to 1: labels=0.1.`)
}
