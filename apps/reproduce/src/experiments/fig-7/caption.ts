import { describeNetwork } from '../describe-network.ts'
import type { EasyAndHardRun } from './outcome.ts'

/** How the examples were chosen and what was trained on them. */
export function caption([first, ...others]: readonly EasyAndHardRun[]): string {
  if (first === undefined) return 'Nothing has been run yet.'
  const { data, model, scoring, apart } = first.spec
  const { train, test } = data.perClass
  return (
    `Easy: images of ${data.pool === undefined ? 'all' : data.pool.toLocaleString('en')} MNIST training images that ${scoring.runs} trainings of ` +
    `${scoring.steps} steps all classify rightly; hard: those that none does. ${train} of each class to train on, ${test} others to test on. ` +
    `Network: ${describeNetwork(model)}; SGD without momentum, batch ${apart.batchSize}, learning rate ${apart.learningRate}; thin lines are ` +
    `${others.length + 1} ${others.length === 0 ? 'seed' : 'seeds'}, each with a choice of its own, thick ones their mean.`
  )
}
