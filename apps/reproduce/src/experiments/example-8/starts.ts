import type { Descent } from '../../specs/descent-spec.ts'

/** The learning rate of the figures. The paper gives none; with this one it is that of its Example 7. */
export const OURS = 0.1
/** Others, beside it. */
export const LEARNING_RATES: readonly number[] = [0.01, OURS, 0.3]

/** First values of w1. The paper's first three; of its large one it says no number. */
export const STARTS = { alike: 0.01, adversarial: [0.1, 0.2], between: 0.3, large: 1 } as const

/** What a descent on L is called in the table. */
export const startName = (w1: number, learningRate: number = OURS): string =>
  `w1 = ${w1}${learningRate === OURS ? '' : `, η = ${learningRate}`}`

/** The same network on M. */
export const ON_RANDOM = 'M'

const descentOf = (name: string, w1: number, learningRate: number = OURS): Descent => {
  const steps = Math.round(20 / learningRate)
  return {
    name,
    data: name === ON_RANDOM ? 'M' : 'L',
    model: 'two-neurons',
    initial: 0.01,
    except: { w1 },
    rule: 'mean',
    learningRate,
    steps,
    every: Math.max(1, Math.round(steps / 200)),
    measure: ['weights', 'components'],
  }
}

const { alike, adversarial, between, large } = STARTS

/** From every start at our learning rate; the last start that is overtaken at others; and on M. */
export const descents: readonly Descent[] = [
  ...[alike, ...adversarial, between, large].map((w1) => descentOf(startName(w1), w1)),
  ...LEARNING_RATES.filter((rate) => rate !== OURS).map((rate) =>
    descentOf(startName(adversarial[1], rate), adversarial[1], rate),
  ),
  descentOf(ON_RANDOM, alike),
]
