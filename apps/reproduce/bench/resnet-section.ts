import { normsOf } from '@coherent-gradients/coherence/tfjs'
import { coherenceOf, exampleByExample, forward, forwardBackward } from './cases.ts'
import { compare } from './comparison.ts'
import { measureInterleaved } from './measure-interleaved.ts'
import { renewWeights } from './renew-weights.ts'
import { resnet18, resnetBatches } from './resnet.ts'
import type { Section } from './section.ts'

/** A ResNet-18 on 16 images of 32×32, its batch normalisation by the moving statistics. */
export const resnetSection: Section = {
  name: 'resnet',
  title: 'ResNet-18, 16 images of 32×32',
  async measure(engine) {
    const [model, batches] = [resnet18(), resnetBatches()]
    const before = (): void => renewWeights(model)
    const [only, pass, norms] = await measureInterleaved(
      [
        forward(model, batches),
        forwardBackward(model, batches),
        coherenceOf(model, batches, normsOf, 'α of the batch (normsOf)'),
      ],
      { budgetMs: 25_000, least: 5, most: 30, before },
    )
    const [slow, again] = await measureInterleaved(
      [exampleByExample(model, batches), forwardBackward(model, batches)],
      { budgetMs: 1, least: 2, most: 2, before },
    )
    return [
      compare(only!, only!),
      compare(pass!, only!, { goal: '≤ 4' }),
      compare(norms!, pass!, { goal: engine === 'wasm' ? '≤ 1.5' : '≤ 1.75' }),
      compare(slow!, again!),
    ]
  },
}
