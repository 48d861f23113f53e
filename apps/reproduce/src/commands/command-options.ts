import { engineNames } from '@coherent-gradients/engine'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { availableParallelism } from 'node:os'
import type { EngineChoice } from './name-engine.ts'

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

const engineChoices: readonly EngineChoice[] = ['auto', ...engineNames]

/** `--runs`: where runs are. */
export const runsOption = (): Option => new Option('--runs <folder>', 'folder of all runs').default('runs')

/** `--scale`. */
export const scaleOption = (what: string): Option =>
  new Option('--scale <scale>', what).choices(['smoke', 'desk', 'paper']).default('desk')

/** `--engine`. */
export const engineOption = (): Option =>
  new Option('--engine <engine>', 'what computes').choices(engineChoices).default('wasm')

/** `--on-bad-image`. */
export const onBadImageOption = (): Option =>
  new Option('--on-bad-image <what>', 'what becomes of pictures that can’t be decoded (fail unless said)').choices([
    'skip',
    'fail',
  ])

/** Adds what says which runs of an experiment are meant, and where `jobs`, how many are made at the same time. */
export function addRunOptions(command: Command, jobs = true): Command {
  command
    .addOption(scaleOption('how much of it'))
    .addOption(engineOption())
    .option('--data-dir <folder>', 'folder of all data sets (data unless said); MNIST comes with the project')
    .addOption(onBadImageOption())
    .option('--set <key=value>', 'a setting of the experiment (see `list`); repeatable', collectWords, [])
    .option(
      '--aggregator <rule>',
      'your own rule: a file whose default export is an aggregator, a rule’s name, or a rule as JSON; beside the rules that the experiment compares, else in place of its rule',
    )
    .addOption(runsOption())
  if (!jobs) return command
  return command.option('--jobs <n>', 'runs made at the same time', wholeNumber, Math.max(2, availableParallelism()))
}

/** For an option that can be given again and again. */
export function collectWords(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

/** Reads a whole number from 1 on. */
export function wholeNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  throw new InvalidArgumentError('A whole number from 1 on is needed.')
}
