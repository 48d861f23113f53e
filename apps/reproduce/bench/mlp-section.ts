import { mean } from '@coherent-gradients/aggregators'
import { normsOf, statisticOf } from '@coherent-gradients/coherence/tfjs'
import { coherenceOf, exampleByExample, forwardBackward, step } from './cases.ts'
import { compare } from './comparison.ts'
import { measureInterleaved } from './measure-interleaved.ts'
import { renewWeights } from './renew-weights.ts'
import type { Section } from './section.ts'
import { stockStep } from './stock-step.ts'

/** A step and α of the paper's MNIST network, batches of 100. */
export const mlpSection: Section = {
  name: 'mlp',
  title: '784-256-256-256-10, 100 MNIST images',
  async measure(engine, prepared) {
    const setting = await prepared()
    const { model, batches } = setting
    const before = (): void => renewWeights(model)
    const stock = engine === 'wasm' ? await stockStep(setting) : undefined
    const [pass, sgd, norms, statistic, unmended] = await measureInterleaved(
      [
        forwardBackward(model, batches),
        step(model, mean(), batches, 'SGD step'),
        coherenceOf(model, batches, normsOf, 'α of the batch (normsOf)'),
        coherenceOf(model, batches, statisticOf, 'α of the batch, to be merged (statisticOf)'),
        ...(stock === undefined ? [] : [stock]),
      ],
      { budgetMs: 15_000, least: 30, most: 300, before },
    )
    await stock?.close()
    const [slow, again] = await measureInterleaved(
      [exampleByExample(model, batches), forwardBackward(model, batches)],
      { budgetMs: 4_000, least: 5, most: 50, before },
    )
    return [
      compare(pass!, pass!),
      compare(sgd!, pass!, { goal: engine === 'wasm' ? '≤ 5 ms' : '≤ 4 ms' }),
      ...(unmended === undefined ? [] : [compare(unmended, sgd!, { goal: '≥ 5' })]),
      compare(norms!, pass!, { goal: engine === 'wasm' ? '≤ 1.1' : '≤ 1.2' }),
      compare(statistic!, pass!),
      compare(slow!, again!),
    ]
  },
}
