import { derive, type Failure, type Key, type Split } from '@coherent-gradients/core'
import { classBalanced, subset } from '@coherent-gradients/datasets'
import { softmaxCrossEntropy } from '@coherent-gradients/gradients'
import { evaluate } from '@coherent-gradients/training'
import { either as E } from 'fp-ts'
import type { EasyAndHardSpec } from '../specs/easy-and-hard-spec.ts'
import { trainPlainly } from './train-plainly.ts'

export type Kind = 'easy' | 'hard'
export const kinds: readonly Kind[] = ['easy', 'hard']

/** Examples of one kind: as many of each class in either part, and none in both. */
interface OfKind {
  readonly train: Split
  readonly test: Split
}

export type Chosen = Readonly<Record<Kind, OfKind>>

/**
 * Chooses easy and hard examples of a pool by consistency: a few trainings, each from weights and with batches of its own,
 * are stopped early; easy is what all of them classify rightly then, hard what none does. What they disagree about is in
 * neither. As many of either kind, and of each class; what is tested on isn't trained on.
 *
 * @returns left when some class has too few easy or hard examples.
 * @see "On the Generalization Mystery in Deep Learning", §8 and Appendix G: 500,000 and 50,000 examples of each kind.
 */
export async function chooseExamples(
  { data, model, scoring }: EasyAndHardSpec,
  pool: Split,
  key: Key,
): Promise<E.Either<Failure, Chosen>> {
  const timesRight = new Uint16Array(pool.ids.length)
  for (let run = 0; run < scoring.runs; run++) {
    await trainPlainly({ model, split: pool, training: scoring, key: derive(derive(key, 'scoring'), run) }, look)
  }
  const easy = await drawn('easy', scoring.runs)
  const hard = await drawn('hard', 0)
  return E.isLeft(easy) ? easy : E.isLeft(hard) ? hard : E.right({ easy: easy.right, hard: hard.right })

  async function look(...[trained, step]: Parameters<Parameters<typeof trainPlainly>[1]>): Promise<void> {
    if (step !== scoring.steps) return
    const { correct } = await evaluate(trained, softmaxCrossEntropy, pool)
    for (const [i, right] of correct.entries()) timesRight[i]! += right
  }

  async function drawn(kind: Kind, times: number): Promise<E.Either<Failure, OfKind>> {
    const { train, test } = data.perClass
    const all = subset(
      pool,
      pool.ids.filter((_, i) => timesRight[i] === times),
      `${pool.name} ${kind}`,
    )
    const both = await classBalanced(all, { key: derive(key, kind), perClass: train + test })
    if (E.isLeft(both)) return both
    const toTrain = await classBalanced(both.right, { key: derive(key, `${kind}, train`), perClass: train })
    return E.map((trained: Split): OfKind => {
      const isTrained = new Set(trained.ids)
      const others = both.right.ids.filter((id) => !isTrained.has(id))
      return {
        train: subset(all, trained.ids, `${all.name} train`),
        test: subset(all, others, `${all.name} test`),
      }
    })(toTrain)
  }
}
