import type { Figure, Panel } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { describeTraining } from '../describe-training.ts'
import { settingOf, valuesOf } from './setting-of.ts'

const populations = ['pristine', 'corrupt'] as const

/** Training accuracy on right and on wrong labels apart, a curve for each c: who is slowed, and how much. */
export function drawByPopulation(runs: readonly RunResult[]): Figure {
  const noisy = runs.filter((run) => settingOf(run).noise > 0)
  const noises = valuesOf(noisy, 'noise')
  return {
    id: 'fig-4-labels',
    title: 'What is fitted: right labels and wrong ones',
    caption:
      `${describeTraining(noisy)} Training accuracy on the labels that are right (pristine) and on those that are ` +
      'wrong (corrupt), by the share c of a batch that is clipped on each side.',
    rowLabels: noises.length === 0 ? [] : populations.map((population) => `${population} labels`),
    rows:
      noises.length === 0
        ? []
        : populations.map((population) => noises.map((noise) => panelOf(noisy, population, noise))),
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
