import type { RunResult } from '../../run-result.ts'
import { finished } from '../finished.ts'
import { settledCoherence } from '../settled-coherence.ts'
import { TRANSIENT } from '../transient.ts'
import { median } from '../../statistics/median.ts'

/** Where coherence of a run starts, peaks and ends. Each is a median, so that one measurement decides nothing. */
export interface Course {
  readonly network: string
  readonly arm: 'real' | 'random'
  readonly seed: number
  /** After the first transient. */
  readonly start: number
  /** The lowest before the peak: where the transient ends, which is earlier in networks that learn fast. */
  readonly low: number
  /** The highest after the first transient. */
  readonly peak: number
  readonly end: number
}

/** Reads the courses of the finished runs. */
export function coursesOf(results: readonly (RunResult | undefined)[]): readonly Course[] {
  return finished(results).map((run) => {
    const values = settledCoherence(run).map((row) => row.mAlpha)
    const few = Math.max(1, Math.round(values.length / 10))
    const all = run.coherence.filter(
      (row) => row.scope === 'all' && row.split === 'train' && row.population === 'all' && row.step > 0,
    )
    const smooth = all.slice(1, -1).map((row, i) => ({ step: row.step, mAlpha: median(mAlphas(all.slice(i, i + 3))) }))
    const none = { step: Number.NaN, mAlpha: Number.NaN }
    const peak = smooth
      .filter(({ step }) => step > TRANSIENT)
      .reduce((top, at) => (at.mAlpha <= top.mAlpha ? top : at), none)
    return {
      ...placeOf(run),
      seed: run.spec.seed,
      start: median(values.slice(0, few)),
      low: Math.min(...mAlphas(smooth.filter(({ step }) => step <= peak.step))),
      peak: peak.mAlpha,
      end: median(values.slice(-few)),
    }
  })
}

/** Which network a run trains on which data. */
export function placeOf({ spec }: RunResult): Pick<Course, 'network' | 'arm'> {
  return { network: spec.arm.split(',')[0]!, arm: spec.data.noise.kind === 'none' ? 'real' : 'random' }
}

const mAlphas = (rows: readonly { readonly mAlpha: number }[]): readonly number[] => rows.map(({ mAlpha }) => mAlpha)
