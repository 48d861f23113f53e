import type { RunResult } from '../../run-result.ts'

const count = (n: number): string => n.toLocaleString('en')

/** What was trained on what, for the captions of both drawings. */
export function caption(runs: readonly RunResult[]): string {
  const [first] = runs
  if (first === undefined) return 'Nothing has been run yet.'
  const { data, model, training } = first.spec
  const seeds = new Set(runs.map((run) => run.spec.seed)).size
  const sets = new Set(runs.map((run) => run.spec.data.dataset))
  const hidden = model.kind === 'mlp' ? `${model.hidden.join('-')} hidden units` : 'no hidden units'
  const standIn = sets.has('difficulty')
    ? ' The second set, “difficulty”, is made up: patterns of ±1 with 0 to 100% of their class’s in common. It stands in for ' +
      'small photographs, which can’t be shipped; --set second=cifar10 takes those.'
    : ''
  return (
    `${count(data.train ?? 0)} training and ${count(data.validation ?? 0)} validation examples with wrong labels, test labels ` +
    `right; ${hidden}, SGD, batch ${training.batchSize}, learning rate ${training.learningRate}, ${count(training.steps)} steps ` +
    `for every method, ${seeds} seed${seeds === 1 ? '' : 's'}. Symmetric: so many labels are drawn anew from all classes, ` +
    `one in ten of them right by chance. Pair-flipped: so many get the next class.${standIn}`
  )
}
