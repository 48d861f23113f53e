import type { RunResult } from '../../run-result.ts'
import type { Interval } from '../../verdict/interval.ts'
import type { Evidence } from '../../verdict/judge-interval.ts'
import { meanInterval } from '../../verdict/mean-interval.ts'
import { shareInterval } from '../../verdict/share-interval.ts'
import { evaluationsOf, peakAccuracy, unmemorised } from './accuracy.ts'
import type { Column } from './columns.ts'
import { falls } from './falls.ts'
import { margin } from './measures.ts'
import { slowdown } from './slowdown.ts'
import { mean } from '../../statistics/mean.ts'

function bySeed(columns: readonly Column[]): readonly (readonly Column[])[] {
  const seeds = [...new Set(columns.map((column) => column.seed))]
  return seeds.map((seed) => columns.filter((column) => column.seed === seed))
}

/** One number for each seed. */
export function perSeed(columns: readonly Column[], measure: (own: readonly Column[]) => number): Evidence {
  return { samples: bySeed(columns).map(measure) }
}

/**
 * The share of neighbouring pairs of c at which a number falls, over all noise levels: a sign test, for the size of a
 * fall differs from one noise level to the next by more than chance. Over seeds, or Wilson's interval where there is one.
 */
export function fallsWithLevel(columns: readonly Column[], measure: (run: RunResult) => number): Evidence {
  const seeds = bySeed(columns).map((own) => ({
    fallen: own.reduce((sum, { runs }) => sum + falls(runs.map(measure)), 0),
    pairs: own.reduce((sum, { runs }) => sum + runs.length - 1, 0),
  }))
  const [only] = seeds
  if (only === undefined) return undefined
  const samples = seeds.map(({ fallen, pairs }) => fallen / pairs)
  if (seeds.length > 1 || !samples.every(Number.isFinite)) return { samples }
  const interval = shareInterval(only.fallen, only.pairs, 0.95, 'neighbouring pairs')
  return { interval: { ...interval, over: `${interval.over}; one seed` } }
}

/** The worst noise level's margin: over seeds, or with Wilson's interval over the training examples of one. */
export function worstMargin(columns: readonly Column[]): Evidence {
  const worst = bySeed(columns).map((own) =>
    own.map((column) => column.strongest).reduce((a, b) => (margin(b) > margin(a) ? b : a)),
  )
  const [only] = worst
  if (only === undefined) return undefined
  if (worst.length > 1 || !Number.isFinite(margin(only))) return { samples: worst.map(margin) }
  const examples = evaluationsOf(only, 'train')[0]!.examples
  const peak = shareInterval(peakAccuracy(only, 'train') * examples, examples)
  const share = unmemorised(only)
  const interval: Interval = {
    estimate: peak.estimate - share,
    low: peak.low - share,
    high: peak.high - share,
    level: peak.level,
    over: `${examples.toLocaleString('en')} training examples; one seed`,
  }
  return { interval }
}

/** How many times as much 100% noise is slowed as none, for every c > 0: a geometric mean over them. */
export function randomAgainstReal(columns: readonly Column[]): Evidence {
  const logs = bySeed(columns).flatMap((own): (readonly number[])[] => {
    const [real, random] = [own.find(({ noise }) => noise === 0), own.find(({ noise }) => noise === 1)]
    if (real === undefined || random === undefined) return []
    return [
      real.runs
        .slice(1)
        .map((run, i) => Math.log(slowdown(random.runs[i + 1]!, random.plain) / slowdown(run, real.plain))),
    ]
  })
  const [only] = logs
  if (only === undefined) return undefined
  if (logs.length > 1 || only.length < 2 || !only.every(Number.isFinite)) {
    return { samples: logs.map((own) => Math.exp(mean(own))) }
  }
  const { estimate, low, high, level, over } = meanInterval(only, 0.95, 'levels of c')
  return {
    interval: {
      estimate: Math.exp(estimate),
      low: Math.exp(low),
      high: Math.exp(high),
      level,
      over: `${over}; one seed`,
    },
  }
}
