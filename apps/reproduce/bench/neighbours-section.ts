import {
  chain,
  clipByNorm,
  clipRows,
  coherenceWeighting,
  geometricMedian,
  gradientAgreement,
  grokfast,
  krum,
  mean,
  meanAroundMedian,
  meanOfMeans,
  signAgreement,
  snrGate,
  trimmedMean,
  winsorizedMean,
} from '@coherent-gradients/aggregators'
import { step } from './cases.ts'
import { compare } from './comparison.ts'
import { measureInterleaved } from './measure-interleaved.ts'
import { renewWeights } from './renew-weights.ts'
import type { Section } from './section.ts'

/** Steps by the rules that the paper's are compared with. They may run on several threads: the ratios are of wall times. */
export const neighboursSection: Section = {
  name: 'neighbours',
  title: 'neighbours of the paper’s rules, the same network and batches',
  async measure(_engine, prepared) {
    const { model, batches } = await prepared()
    const before = (): void => renewWeights(model)
    const rules = [
      trimmedMean({ percent: 8 }),
      meanAroundMedian({ count: 8 }),
      geometricMedian(),
      krum({ byzantine: 8 }),
      krum({ byzantine: 8, keep: 50 }),
      signAgreement({ threshold: 0.5 }),
      snrGate(),
      coherenceWeighting(),
      gradientAgreement({ threshold: 1 }),
      chain(clipRows({ norm: 1 }), mean()),
      chain(mean(), clipByNorm({ norm: 1 })),
      chain(mean(), grokfast()),
    ]
    const [plain, ...neighbours] = await measureInterleaved(
      [
        step(model, mean(), batches, 'SGD step'),
        ...rules.map((rule) => step(model, rule, batches, `${rule.name} step`)),
      ],
      { budgetMs: 15_000, least: 7, most: 100, before },
    )
    const [average, ...ofMeans] = await measureInterleaved(
      [
        meanOfMeans({ groups: 10 }),
        gradientAgreement({ threshold: 0.97, groups: 10 }),
        snrGate({ groups: 10 }),
        winsorizedMean({ count: 1, groups: 10 }),
      ].map((rule) => step(model, rule, batches, `${rule.name} step, 10 × 10 examples`)),
      { budgetMs: 6_000, least: 7, most: 100, before },
    )
    return [
      ...neighbours.map((timing) => compare(timing, plain!, { by: 'wall' })),
      compare(average!, average!, { by: 'wall' }),
      ...ofMeans.map((timing) => compare(timing, average!, { by: 'wall' })),
    ]
  },
}
