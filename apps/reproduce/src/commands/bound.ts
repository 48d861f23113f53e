import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Console } from './console.ts'

const explanation = `
The file has a row for each step, in order from step 1, and the columns

  step           counts updates: 1, 2, 3, … (or from 0, counting the updates made before)
  learningRate   η of the step (learning_rate and lr will do)
  alpha          coherence at the weights before the step, in [0, 1]; empty (null) where it was not measured

as comma-separated text (.csv) or Arrow (.arrow, .arrows, .feather). A run's folder has all of it in its tables, m too,
and its layers, so that the answer says which layer the bound comes from.

L bounds the length of any example's gradient, β how fast it changes with the weights, at any weights that training might
reach. Nobody knows them for a real network: choose, and compare shapes; \`estimate\` takes the largest that is found at a
run's first and last weights, which is too small. docs/theorem-1.md says what may be read from the result.

Examples:
  reproduce bound my/training.csv --lipschitz 1 --smoothness 1 --examples 50000
  reproduce bound my/training.arrow --lipschitz 1 --smoothness 1 --examples 50000 --between hold --out my/bound
  reproduce bound runs/fig-1/RUN --lipschitz 1 --smoothness 0.1 --out my/bound
  reproduce bound runs/fig-1/RUN --lipschitz estimate --smoothness estimate --json`

/**
 * Adds the command `bound` to a program. What it needs is loaded when it is asked for.
 *
 * @param ended told the exit code.
 */
export function addBoundCommand(program: Command, console: Console, ended: (code: number) => void): void {
  program
    .command('bound')
    .argument('<series>', 'a .csv or Arrow file of (step, learningRate, alpha), or the folder of a run')
    .description('Theorem 1: a bound on the generalization gap from learning rates and coherences, step by step')
    .addOption(
      new Option('--lipschitz <L>', 'L: a number, or estimate (from a run’s weights)')
        .argParser(constant)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--smoothness <β>', 'β: a number, or estimate (from a run’s weights)')
        .argParser(constant)
        .makeOptionMandatory(),
    )
    .option('--examples <m>', 'm: the number of training examples (a run knows it)', wholeNumber)
    .addOption(
      new Option('--between <how>', 'α where it was not measured: zero keeps a bound, hold takes the last')
        .choices(['zero', 'hold'])
        .default('zero'),
    )
    .addOption(
      new Option('--alpha <kind>', 'whose α it is: a sample’s own, a sample’s debiased, or the distribution’s')
        .choices(['plug-in', 'debiased', 'distribution'])
        .default('plug-in'),
    )
    .option('--measured-on <n>', 'examples that a debiased α of a file was measured on', wholeNumber)
    .option(
      '--data-dir <folder>',
      'for estimate: folder of all data sets (data unless said); MNIST comes with the project',
    )
    .option('--json', 'print one JSON object and nothing else')
    .option('--out <folder>', 'also write bound.json, bound.arrows and a figure there')
    .addHelpText('after', explanation)
    .action(async (path: string, options) =>
      ended(await (await import('./bound-of-series.ts')).boundCommand(path, options, console)),
    )
}

function constant(text: string): number | 'estimate' {
  if (text === 'estimate') return text
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (value >= 0 && value < Infinity) return value
  throw new InvalidArgumentError('A finite number from 0 on is needed, or estimate.')
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 1) return value
  throw new InvalidArgumentError('A whole number from 1 on is needed.')
}
