import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval, type Evidence } from '../../verdict/judge-interval.ts'
import { seriesShare } from '../../verdict/series-share.ts'
import { overSeeds } from '../over-seeds.ts'
import { TRANSIENT } from '../transient.ts'
import { asRatio, asShare, percent, points } from '../words.ts'
import { measuredPairs, type MeasuredPair } from './measured-pairs.ts'
import { mean } from '../../statistics/mean.ts'

/** "Few" corrupt examples are fitted: up to the first evaluation with more than this share of them. */
const FEW = 0.2
/** "Much faster": at least this many times as fast. */
const MUCH = 2
/** "Higher coherence", said without a limit in time: in at least this share of the measurements. */
const USUALLY = 0.9
/** What stopping early must bring at least, in test accuracy: more than the luck of choosing the best evaluation. */
const WORTHWHILE = 0.05

/** The claims of §9 about Figure 9. Runs that aren't finished are left out. */
export function judgePristineAgainstCorrupt(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const done = results.filter((result): result is RunResult => result?.done === true)
  const proxy = true
  return [
    judgeInterval({
      claim:
        'While few wrong labels are fitted, examples with right labels are more coherent than those with wrong ones',
      expected: `m·α of pristine over m·α of corrupt, equal m, geometric mean from step ${TRANSIENT} until ${percent(FEW)} of the corrupt labels are fitted, above 1`,
      condition: { above: 1 },
      evidence: overSeeds(done, (run) => Math.exp(mean(whileFew(run).map(logRatio)))),
      ...asRatio,
      proxy,
      ...noteOf(done, whileFewInWords),
    }),
    judgeInterval({
      claim: 'Examples with right labels are learned much faster',
      expected: `half of the corrupt labels are fitted after at least ${MUCH} times as many epochs as half of the pristine`,
      condition: { above: MUCH },
      evidence: overSeeds(done, (run) => halfFitted(run, 'corrupt').epoch / halfFitted(run, 'pristine').epoch),
      ...asRatio,
      proxy,
      ...noteOf(done, halfFittedInWords),
    }),
    judgeInterval({
      claim: 'Examples with right labels are the more coherent ones all through training',
      expected: `m·α of pristine above that of corrupt, equal m, in at least ${percent(USUALLY)} of the measurements after step ${TRANSIENT}`,
      condition: { above: USUALLY },
      evidence: shareHigher(done),
      ...asShare,
      proxy,
      ...noteOf(done, lateInWords),
    }),
    judgeInterval({
      claim: 'Because right labels are learned first, stopping early helps',
      expected: `best test accuracy of the run more than ${100 * WORTHWHILE} points above that in the end`,
      condition: { above: WORTHWHILE },
      evidence: overSeeds(done, (run) => bestTest(run).accuracy - lastTest(run)),
      words: points,
      proxy,
      ...noteOf(
        done,
        (run) =>
          `best ${percent(bestTest(run).accuracy)} at epoch ${bestTest(run).epoch.toFixed(0)}, ${percent(lastTest(run))} in the end`,
      ),
    }),
  ]
}

const logRatio = ({ pristine, corrupt }: MeasuredPair): number => Math.log(pristine / corrupt)

/** The measurements before the first at which more than a few corrupt labels are fitted. */
function whileFew(run: RunResult): readonly MeasuredPair[] {
  const pairs = measuredPairs(run, TRANSIENT)
  const end = pairs.findIndex((pair) => pair.corruptFitted > FEW)
  return end === -1 ? pairs : pairs.slice(0, end)
}

function shareHigher(runs: readonly RunResult[]): Evidence {
  const shares = runs
    .map((run) => seriesShare(measuredPairs(run, TRANSIENT).map(logRatio), (x) => x > 0))
    .filter((share) => share !== undefined)
  const [only] = shares
  if (only === undefined) return overSeeds(runs, () => Number.NaN)
  if (shares.length === 1) return { interval: { ...only, over: `${only.over}; one seed` } }
  return { samples: shares.map((share) => share.estimate) }
}

interface Fitted {
  readonly epoch: number
  readonly reached: boolean
}

/** Where half of a population is first fitted; its last evaluation where it never is, which understates the epoch. */
function halfFitted(run: RunResult, population: 'pristine' | 'corrupt'): Fitted {
  const rows = run.evaluations.filter((row) => row.split === 'train' && row.population === population)
  const first = rows.find((row) => row.accuracy >= 0.5)
  return { epoch: (first ?? rows.at(-1))?.epoch ?? Number.NaN, reached: first !== undefined }
}

const tests = (run: RunResult): RunResult['evaluations'] =>
  run.evaluations.filter((row) => row.split === 'test' && row.population === 'all')
const lastTest = (run: RunResult): number => tests(run).at(-1)?.accuracy ?? Number.NaN

function bestTest(run: RunResult): { readonly accuracy: number; readonly epoch: number } {
  return tests(run).reduce((best, row) => (row.accuracy > best.accuracy ? row : best), { accuracy: 0, epoch: 0 })
}

function whileFewInWords(run: RunResult): string {
  const few = whileFew(run)
  if (few.length === 0) return 'no measurement'
  const { pristine, corrupt } = few.reduce((highest, pair) => (pair.pristine > highest.pristine ? pair : highest))
  return `${few.length} measurements up to step ${few.at(-1)!.step}; where pristine is highest, ${pristine.toFixed(1)} against ${corrupt.toFixed(1)}`
}

function halfFittedInWords(run: RunResult): string {
  const said = (['pristine', 'corrupt'] as const).map((population) => {
    const { epoch, reached } = halfFitted(run, population)
    return `${population} ${reached ? `epoch ${epoch.toFixed(1)}` : `not by epoch ${epoch.toFixed(0)}`}`
  })
  return said.join(', ')
}

/** What became of the comparison once the wrong labels are being memorised. */
function lateInWords(run: RunResult): string {
  const late = measuredPairs(run, TRANSIENT).slice(whileFew(run).length)
  if (late.length === 0) return 'no more than a few corrupt labels were ever fitted'
  const higher = late.filter(({ pristine, corrupt }) => pristine > corrupt).length / late.length
  const median = late.map(({ pristine, corrupt }) => corrupt / pristine).toSorted((a, b) => a - b)[late.length >> 1]!
  return `once more than ${percent(FEW)} of the corrupt labels are fitted, pristine is higher in ${percent(higher)} and corrupt over pristine has the median ${median.toFixed(2)}`
}

function noteOf(runs: readonly RunResult[], words: (run: RunResult) => string): { readonly note?: string } {
  if (runs.length === 0) return {}
  return { note: runs.map((run) => `Seed ${run.spec.seed}: ${words(run)}.`).join(' ') }
}
