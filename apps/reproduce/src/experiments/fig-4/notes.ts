import type { RunResult } from '../../run-result.ts'
import { evaluationsOf, lateAccuracy } from './accuracy.ts'
import { STRONGEST, type Column } from './columns.ts'
import { settingOf } from './setting-of.ts'
import { slowdown } from './slowdown.ts'
import type { Study } from './study.ts'
import { percent } from '../words.ts'
import { mean } from '../../statistics/mean.ts'

/** Clipping also slows down: what either had memorised when it first had fitted as much of what is right. */
export function atEqualPristineAccuracy(
  { noise, seed, plain, strongest }: Column,
  words: Pick<Study, 'pristine' | 'corrupt' | 'plain'>,
): string {
  const level = lateAccuracy(strongest, 'train', 'pristine')
  const memorisedBy = (run: RunResult): number | undefined => {
    const first = evaluationsOf(run, 'train', 'pristine').find((row) => row.accuracy >= level)
    return evaluationsOf(run, 'train', 'corrupt').find((row) => row.step === first?.step)?.accuracy
  }
  const [own, memorised] = [memorisedBy(strongest), memorisedBy(plain)]
  const head = `${percent(noise)} noise${seed > 1 ? `, seed ${seed}` : ''}: c = ${STRONGEST} fits ${percent(level)} of the ${words.pristine}`
  if (memorised === undefined) return `${head}, ${words.plain} never as many.`
  return `${head}; when it first did, ${percent(own ?? Number.NaN)} of the ${words.corrupt}, and ${words.plain} ${percent(memorised)}.`
}

/** `c = 0 45.0%, c = 8 3.1%`: means over noise levels and seeds. */
export function byLevel(
  columns: readonly Column[],
  measure: (run: RunResult) => number,
  words: (x: number) => string,
): string {
  const levels = columns[0]!.runs.map((run) => settingOf(run).level)
  return levels
    .map((level, i) => `c = ${level} ${words(mean(columns.map((column) => measure(column.runs[i]!))))}`)
    .join(', ')
}

/** `25.0% 3.1 points, 50.0% 2.0 points`: a line for each noise level and seed. */
export function byNoise(columns: readonly Column[], words: (column: Column) => string): string {
  return columns
    .map((column) => `${percent(column.noise)} ${words(column)}${column.seed > 1 ? ` (seed ${column.seed})` : ''}`)
    .join(', ')
}

/** `50.0% noise: 1.2× at c = 1, 4.0× at c = 8.` */
export function slowdowns({ noise, seed, runs, plain }: Column): string {
  const factors = runs.slice(1).map((run) => `${slowdown(run, plain).toFixed(1)}× at c = ${settingOf(run).level}`)
  return `${percent(noise)} noise${seed > 1 ? `, seed ${seed}` : ''}: ${factors.join(', ')}.`
}
