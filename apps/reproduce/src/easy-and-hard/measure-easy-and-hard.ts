import { derive, type Key, type Split } from '@coherent-gradients/core'
import { readLabels, subset } from '@coherent-gradients/datasets'
import { softmaxCrossEntropy } from '@coherent-gradients/gradients'
import type { QuantityRow } from '@coherent-gradients/runlog'
import { evaluate, summarise } from '@coherent-gradients/training'
import { measureCoherence } from '../runner/measure-coherence.ts'
import type { EasyAndHardSpec } from '../specs/easy-and-hard-spec.ts'
import { type Chosen, kinds } from './choose-examples.ts'
import { trainPlainly } from './train-plainly.ts'

/** First steps, in which coherence moves most, are looked at one by one up to this one, then ever more seldom up to `every`. */
const EACH_UP_TO = 5

/**
 * Trains on either kind, on both among all others, and on one example at a time, and tells what was measured.
 *
 * Series `easy` and `hard`, by what was trained on: `loss` and `accuracy` of `train`, `test easy` and `test hard`, and `m·α`
 * of `train`, and of each `layer:…`. Series `together`: the same of the easy and the hard examples that were chosen,
 * while a network trains on all. Series `alone`: `steps` until an example is fitted, and the gradient's `norm` before, of
 * `easy 0`, `hard 0`, `easy 1`, …; the two of a number are of one class and start from the same weights.
 */
export async function measureEasyAndHard(
  spec: EasyAndHardSpec,
  { pool, chosen }: { readonly pool: Split; readonly chosen: Chosen },
  key: Key,
  tell: (row: QuantityRow) => void,
): Promise<void> {
  const { model } = spec
  const row = (series: string, step: number, quantity: string, item: string, value: number): void =>
    tell({ step, series, quantity, item, value })

  for (const kind of kinds) {
    const { apart: training } = spec
    const { train } = chosen[kind]
    // The same key for both: the same first weights, and the same order of places in the set.
    await trainPlainly({ model, split: train, training, key: derive(key, 'apart') }, async (trained, step) => {
      if (!isDue(step, training.every)) return
      const parts = [['train', train] as const, ...kinds.map((other) => [`test ${other}`, chosen[other].test] as const)]
      for (const [item, split] of parts) {
        const { loss, accuracy } = summarise(await evaluate(trained, softmaxCrossEntropy, split))
        row(kind, step, 'loss', item, loss)
        row(kind, step, 'accuracy', item, accuracy)
      }
      const measured = await measureCoherence(trained, softmaxCrossEntropy, train, train.ids)
      for (const { scope, mAlpha } of measured?.scopes ?? []) {
        row(kind, step, 'm·α', scope === 'all' ? 'train' : scope, mAlpha)
      }
    })
  }

  const { together } = spec
  await trainPlainly(
    { model, split: pool, training: together, key: derive(key, 'together') },
    async (trained, step) => {
      if (!isDue(step, together.every)) return
      for (const kind of kinds) {
        const { train } = chosen[kind]
        const { accuracy } = summarise(await evaluate(trained, softmaxCrossEntropy, train))
        row('together', step, 'accuracy', kind, accuracy)
        const measured = await measureCoherence(trained, softmaxCrossEntropy, train, train.ids)
        if (measured === null) continue
        row('together', step, 'loss', kind, measured.loss)
        row('together', step, 'm·α', kind, measured.scopes[0]!.mAlpha)
      }
    },
  )

  const { alone } = spec
  const byClass = { easy: await classByClass(chosen.easy.train), hard: await classByClass(chosen.hard.train) }
  for (let pair = 0; pair < alone.pairs; pair++) {
    for (const kind of kinds) {
      const { train } = chosen[kind]
      // Places spread over the classes, of which both kinds have as many examples.
      const ids = byClass[kind]
      const split = subset(train, [ids[Math.floor((pair * ids.length) / alone.pairs)]!])
      const training = { ...alone, batchSize: 1 }
      let steps = alone.steps
      await trainPlainly(
        { model, split, training, key: derive(derive(key, 'alone'), pair) },
        async (trained, step, loss) => {
          if (step === 0) {
            const measured = await measureCoherence(trained, softmaxCrossEntropy, split, split.ids)
            row('alone', 0, 'norm', `${kind} ${pair}`, Math.sqrt(measured?.scopes[0]!.meanSquaredNorm ?? Number.NaN))
          }
          // The loss before a step is that after the step before.
          if (!(loss < alone.fitted)) return false
          steps = step - 1
          return true
        },
      )
      row('alone', 0, 'steps', `${kind} ${pair}`, steps)
    }
  }
}

/** The ids of a split, those of a class together. */
async function classByClass(split: Split): Promise<readonly number[]> {
  const { ids, labels } = await readLabels(split, split.ids)
  const classes = Array.from({ length: split.classes }, (_, c) => [...ids].filter((_id, i) => labels[i] === c))
  return classes.flat()
}

function isDue(step: number, every: number): boolean {
  return step <= EACH_UP_TO || step % Math.min(every, Math.max(1, Math.floor(step / 10))) === 0
}
