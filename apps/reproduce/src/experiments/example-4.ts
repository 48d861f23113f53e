import type { Experiment } from '../experiment.ts'
import type { Descent, DescentSpec } from '../specs/descent-spec.ts'
import { atAnyScale } from './at-any-scale.ts'
import { drawHelp } from './example-4/draw.ts'
import { judgeHelp } from './example-4/judge.ts'

/** A step so small that the loss falls along its tangent. */
const SMALL = 1e-6

/** The coherence of Example 1's two data sets, and who helps whom by how much (§4). */
export const example4: Experiment<DescentSpec> = {
  id: 'example-4',
  figure: 'Example 4',
  title: 'How many examples does an example of L help, and one of M?',
  claim:
    'On L an example helps 2.5 of the four: itself by 100% and each of the three others by 50%, through the feature that ' +
    'they share. On M it helps nobody but itself.',
  paper: 'Example 1’s model and data, at its first weights',
  more: 'the-idea.md',
  scales: atAnyScale('6 weights, 4 examples: as in the paper'),
  settings: {},
  plan: () => [
    {
      task: 'toy-descent',
      experiment: 'example-4',
      arm: 'descents',
      seed: 1,
      descents: (['L', 'M'] as const).flatMap((data) => [
        { ...descentOf(data), name: data },
        { ...descentOf(data), name: `${data}, one small step`, learningRate: SMALL, steps: 1 },
      ]),
    },
  ],
  draw: drawHelp,
  judge: (results) => judgeHelp(results, SMALL),
}

function descentOf(data: 'L' | 'M'): Omit<Descent, 'name'> {
  return {
    data,
    model: 'linear',
    initial: 0,
    rule: 'mean',
    learningRate: 0.1,
    steps: 100,
    every: 1,
    measure: ['pairs'],
  }
}
