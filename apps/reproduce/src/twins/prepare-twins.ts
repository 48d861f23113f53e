import { derive, keyOf, permutation, type Failure } from '@coherent-gradients/core'
import { flattened, subset, withNoise } from '@coherent-gradients/datasets'
import { either as E, function as fn, taskEither as TE } from 'fp-ts'
import { dataHashOf } from '../runner/data-hash-of.ts'
import { failureOf } from '../runner/failure-of.ts'
import { openData } from '../runner/open-data.ts'
import type { Order, Prepared } from '../runner/tasks/task.ts'
import type { TwinsSpec } from '../specs/twins-spec.ts'
import { measureTwins, type TwinData } from './measure-twins.ts'

/**
 * Draws the training set, the replacements and the fresh examples from one data set, noise and all: each is a draw from
 * the same distribution, as the theorem has it.
 */
export function prepareTwins({ spec, ...place }: Order<TwinsSpec>): TE.TaskEither<Failure, Prepared> {
  const key = keyOf(spec.seed)
  const { dataset, noise } = spec.data
  return fn.pipe(
    openData({ dataset, noise, noisyTest: false }, 'train', place),
    TE.chainEitherKW((all) => withNoise(flattened(all), noise, derive(key, 'noise'))),
    TE.chainEitherKW((all): E.Either<Failure, TwinData> => {
      const { train, fresh } = spec.data
      const sizes = [train, spec.twins, fresh]
      const needed = sizes.reduce((sum, n) => sum + n, 0)
      if (needed > all.ids.length || spec.twins > train) {
        const message = `${spec.experiment} asks for ${needed} examples, ${spec.twins} of ${train} replaced; ${all.name} has ${all.ids.length}`
        return E.left({ _tag: 'TooFewExamples', message })
      }
      const order = permutation(derive(key, 'examples'), all.ids.length)
      const part = (from: number, size: number): Uint32Array =>
        Uint32Array.from(order.subarray(from, from + size), (row) => all.ids[row]!)
      return E.right({
        train: subset(all, part(0, train)),
        replacements: subset(all, part(train, spec.twins)),
        fresh: subset(all, part(train + spec.twins, fresh)),
      })
    }),
    TE.bindTo('data'),
    TE.bindW('hash', ({ data }) =>
      TE.tryCatch(
        () => dataHashOf(data.train),
        (cause) => failureOf(spec, cause),
      ),
    ),
    TE.bimap(
      (failure): Failure => failure,
      ({ data, hash }): Prepared => ({
        data: { train: hash },
        async make({ log, tell }) {
          tell({ kind: 'started', from: 0, steps: spec.training.steps })
          for await (const row of measureTwins(spec, data, key)) log.append('quantities', row)
          await log.close()
          tell({ kind: 'finished', step: spec.training.steps, why: 'computed' })
          return 'computed'
        },
      }),
    ),
  )
}
