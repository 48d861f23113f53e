import type { Figure, Panel, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { caption } from './caption.ts'
import { conditionsOf, nameOf, ownRulesIn, type Condition } from './conditions-of.ts'
import { methods, plain, type Method } from './methods.ts'
import type { Outcome } from './outcome.ts'
import { mean } from '../../statistics/mean.ts'

/** Test accuracy over the share of the wrong labels that was fitted: a panel a condition, a dot a method. */
export function drawFitted(runs: readonly RunResult[]): Figure {
  const noisy = conditionsOf(runs).filter(({ noise }) => noise > 0)
  const datasets = [...new Set(noisy.map(({ dataset }) => dataset))]
  return {
    id: 'label-noise',
    title: 'What each method fits of the wrong labels, and how it does on clean test examples',
    caption:
      `${caption(runs)} Each dot is a method’s mean over the seeds. Stopped early: plain SGD’s weights where accuracy on the ` +
      'noisy validation examples was best; all other dots are the last weights. Black: rules that keep the strong directions; ' +
      'the table names them.',
    rowLabels: datasets,
    rows: datasets.map((each) => noisy.filter(({ dataset }) => dataset === each).map(panelOf)),
  }
}

function panelOf(condition: Condition): Panel {
  const dots = (
    name: string,
    chosen: readonly Pick<Method, 'name'>[],
    at: (outcome: Outcome) => Outcome['end'],
    role?: Series['role'],
  ): Series => ({
    name,
    mark: 'dots',
    ...(role === undefined ? {} : { role }),
    points: chosen.flatMap((method) => {
      const moments = [...(condition.outcomes.get(method.name)?.values() ?? [])].map(at)
      if (moments.length === 0) return []
      return [[mean(moments.map(({ corrupt }) => corrupt)), mean(moments.map(({ test }) => test))] as const]
    }),
  })
  const all = methods(1)
  const end = (outcome: Outcome): Outcome['end'] => outcome.end
  return {
    title: nameOf(condition),
    x: { label: 'wrong labels fitted', domain: [0, 1] },
    y: { label: 'test accuracy', domain: [0, 1] },
    series: [
      dots(
        'rules',
        all.filter(({ kind }) => kind === 'rule'),
        end,
        'neutral',
      ),
      dots('plain SGD', [plain], end),
      dots('plain SGD, stopped early', [plain], (outcome) => outcome.stopped),
      ...all
        .filter(({ kind }) => kind === 'loss' || kind === 'selection')
        .map((method) => dots(method.name, [method], end)),
      ...ownRulesIn([condition]).map((name) => dots(name, [{ name }], end)),
    ],
  }
}
