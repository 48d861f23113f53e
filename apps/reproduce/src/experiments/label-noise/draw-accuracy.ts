import type { Figure, Panel, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { caption } from './caption.ts'
import { conditionsOf, nameOf, ownRulesIn, type Condition } from './conditions-of.ts'
import { plain } from './methods.ts'
import type { Moment, Outcome } from './outcome.ts'

/** What is drawn over time; the others are in the table. */
const drawn = [plain.name, 'generalized cross-entropy', 'small-loss selection', 'winsor(8%)', 'M3', 'coherence']

/** Accuracy over training, on test examples and on wrong labels: a column a condition. */
export function drawAccuracy(runs: readonly RunResult[]): Figure {
  const shown = representatives(conditionsOf(runs))
  const panels = (label: string, of: (moment: Moment) => number): readonly Panel[] =>
    shown.map((condition) => ({
      title: nameOf(condition),
      x: { label: 'step' },
      y: { label, domain: [0, 1] },
      series: [...drawn, ...ownRulesIn([condition])].flatMap((name) => curveOf(condition, name, of)),
    }))
  return {
    id: 'label-noise-over-time',
    title: 'Wrong labels over time',
    caption: `${caption(runs)} Means over the seeds, of some methods and of the conditions nearest to half wrong labels.`,
    rowLabels: ['test examples', 'wrong labels'],
    rows:
      shown.length === 0
        ? []
        : [panels('test accuracy', ({ test }) => test), panels('wrong labels fitted', ({ corrupt }) => corrupt)],
  }
}

/** Of each data set and kind of noise, the condition nearest to half wrong labels. */
function representatives(conditions: readonly Condition[]): readonly Condition[] {
  const best = new Map<string, Condition>()
  for (const condition of conditions) {
    if (condition.noise === 0) continue
    const kind = `${condition.dataset} ${condition.scheme}`
    const before = best.get(kind)
    if (before === undefined || Math.abs(condition.noise - 0.5) < Math.abs(before.noise - 0.5))
      best.set(kind, condition)
  }
  return [...best.values()]
}

function curveOf(condition: Condition, name: string, of: (moment: Moment) => number): readonly Series[] {
  const outcomes: readonly Outcome[] = [...(condition.outcomes.get(name)?.values() ?? [])]
  const [first] = outcomes
  if (first === undefined) return []
  const points = first.moments.map(({ step }) => {
    const there = outcomes.flatMap(({ moments }) => moments.filter((moment) => moment.step === step).map(of))
    return [step, there.reduce((sum, x) => sum + x, 0) / there.length] as const
  })
  return [{ name, mark: 'line', points }]
}
