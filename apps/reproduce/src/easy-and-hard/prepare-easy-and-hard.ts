import { derive, keyOf, type Failure } from '@coherent-gradients/core'
import { sample } from '@coherent-gradients/datasets'
import { either as E, function as fn, taskEither as TE } from 'fp-ts'
import { shapedFor } from '../runner/build-network.ts'
import { dataHashOf } from '../runner/data-hash-of.ts'
import { failureOf } from '../runner/failure-of.ts'
import { openData } from '../runner/open-data.ts'
import type { Order, Prepared } from '../runner/tasks/task.ts'
import type { EasyAndHardSpec } from '../specs/easy-and-hard-spec.ts'
import { chooseExamples } from './choose-examples.ts'
import { measureEasyAndHard } from './measure-easy-and-hard.ts'

/** Tells easy from hard examples by trainings of their own, so that what is measured goes by data that are known by hash. */
export function prepareEasyAndHard({ spec, ...place }: Order<EasyAndHardSpec>): TE.TaskEither<Failure, Prepared> {
  const key = keyOf(spec.seed)
  const { dataset, pool: examples } = spec.data
  const attempt = <A>(work: () => Promise<A>): TE.TaskEither<Failure, A> =>
    TE.tryCatch(work, (cause) => failureOf(spec, cause))
  return fn.pipe(
    openData({ dataset, noise: { kind: 'none' }, noisyTest: false }, 'train', place),
    TE.chainEitherK((all) => shapedFor(spec.model, all)),
    TE.chainEitherK((all) => {
      if (examples === undefined || examples === all.ids.length) return E.right(all)
      if (examples < all.ids.length) return E.right(sample(all, derive(key, 'examples'), examples))
      const message = `${spec.experiment} asks for ${examples} examples; ${all.name} has ${all.ids.length}`
      return E.left<Failure>({ _tag: 'TooFewExamples', message })
    }),
    TE.bindTo('pool'),
    TE.bind('chosen', ({ pool }) =>
      fn.pipe(
        attempt(() => chooseExamples(spec, pool, derive(key, 'choice'))),
        TE.chainEitherK((chosen) => chosen),
      ),
    ),
    TE.bind('data', ({ pool, chosen: { easy, hard } }) =>
      attempt(async () => ({
        pool: await dataHashOf(pool),
        'easy, train': await dataHashOf(easy.train),
        'easy, test': await dataHashOf(easy.test),
        'hard, train': await dataHashOf(hard.train),
        'hard, test': await dataHashOf(hard.test),
      })),
    ),
    TE.map(({ pool, chosen, data }): Prepared => ({
      data,
      async make({ log, tell }) {
        tell({ kind: 'started', from: 0 })
        await measureEasyAndHard(spec, { pool, chosen }, key, (row) => log.append('quantities', row))
        await log.close()
        tell({ kind: 'finished', step: 0, why: 'computed' })
        return 'computed'
      },
    })),
  )
}
