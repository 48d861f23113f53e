import type { Figure, Panel } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { describeTraining } from '../describe-training.ts'
import { settingOf, valuesOf } from './setting-of.ts'
import type { Study } from './study.ts'

const populations = ['pristine', 'corrupt'] as const

/** Training accuracy on what noise has left alone and on the rest, a curve for each c: who is slowed, and how much. */
export function drawByPopulation(study: Study, runs: readonly RunResult[]): Figure {
  const noisy = runs.filter((run) => settingOf(run).noise > 0)
  const noises = valuesOf(noisy, 'noise')
  return {
    id: study.ids[1],
    title: study.titles[1],
    caption:
      `${describeTraining(noisy)} Training accuracy on ${study.pristine} (pristine) and on ${study.corrupt} (corrupt), ` +
      `by the share c of ${study.over} that is clipped on each side.`,
    rowLabels: noises.length === 0 ? [] : [`pristine: ${study.pristine}`, `corrupt: ${study.corrupt}`],
    rows:
      noises.length === 0
        ? []
        : populations.map((population) =>
            noises
              .map((noise) => panelOf(noisy, population, noise))
              // Of images that are all noise, none is pristine.
              .filter(({ series }) => series.some(({ points }) => points.length > 0)),
          ),
  }
}

function panelOf(runs: readonly RunResult[], population: string, noise: number): Panel {
  const column = runs.filter((run) => settingOf(run).noise === noise)
  return {
    title: `${100 * noise}% noise`,
    x: { label: 'epoch' },
    y: { label: 'training accuracy', domain: [0, 1] },
    series: column
      .toSorted((a, b) => order(a) - order(b))
      .map((run) => ({
        name: run.spec.ownRule ?? `c = ${settingOf(run).level}`,
        mark: 'line',
        points: run.evaluations
          .filter((row) => row.split === 'train' && row.population === population)
          .map((row) => [row.epoch, row.accuracy] as const),
      })),
  }
}

/** By c, the user's own rule last. */
function order(run: RunResult): number {
  return run.spec.ownRule === undefined ? settingOf(run).level : Infinity
}
