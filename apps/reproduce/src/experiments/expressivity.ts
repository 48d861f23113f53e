import type { Experiment } from '../experiment.ts'
import type { ExpressivitySpec } from '../specs/expressivity-spec.ts'
import { atAnyScale } from './at-any-scale.ts'
import { drawExpressivity } from './expressivity/draw.ts'
import { judgeExpressivity } from './expressivity/judge.ts'

const spec: ExpressivitySpec = {
  task: 'expressivity',
  experiment: 'expressivity',
  arm: 'networks',
  seed: 1,
  inputs: 784,
  sizes: [10, 25, 50, 100, 200, 400],
  labellings: 3,
  drawn: 25,
}

/** The mystery's first half, after Zhang et al. (2017): even a small network can fit anything. */
export const expressivity: Experiment<ExpressivitySpec> = {
  id: 'expressivity',
  figure: '§1, after Zhang et al. (2017)',
  title: 'A network of 2n + d weights fits any n points',
  claim:
    'There is a two-layer ReLU network with 2n + d weights that gives any labels to any n points of d numbers. So capacity ' +
    'alone can’t say why networks generalise.',
  paper: 'none: a theorem of Zhang et al.',
  scales: atAnyScale('up to 400 random points of 784 numbers, random labels; networks written down, not trained'),
  settings: {},
  plan: () => [spec],
  draw: (results) => drawExpressivity(results, spec),
  judge: (results) => judgeExpressivity(results, spec),
}
