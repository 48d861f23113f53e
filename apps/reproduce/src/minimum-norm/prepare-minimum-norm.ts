import { derive, keyOf, type Failure } from '@coherent-gradients/core'
import { sample } from '@coherent-gradients/datasets'
import { function as fn, taskEither as TE } from 'fp-ts'
import { dataHashOf } from '../runner/data-hash-of.ts'
import { failureOf } from '../runner/failure-of.ts'
import { openData } from '../runner/open-data.ts'
import type { Order, Prepared } from '../runner/tasks/task.ts'
import type { MinimumNormSpec } from '../specs/minimum-norm-spec.ts'
import { measureMinimumNorm, type Examples } from './measure-minimum-norm.ts'

/** Reads the examples that are fitted and those that are tested on, drawn by the seed. */
export function prepareMinimumNorm({ spec, ...place }: Order<MinimumNormSpec>): TE.TaskEither<Failure, Prepared> {
  const data = { dataset: spec.dataset, noise: { kind: 'none' }, noisyTest: false } as const
  const drawn = (part: 'train' | 'test', count: number): TE.TaskEither<Failure, ReturnType<typeof sample>> =>
    fn.pipe(
      openData(data, part, place),
      TE.map((all) => sample(all, derive(keyOf(spec.seed), `examples:${part}`), count)),
    )
  return fn.pipe(
    TE.Do,
    TE.bind('train', () => drawn('train', Math.max(...spec.sizes))),
    TE.bind('test', () => drawn('test', spec.test)),
    TE.chain(({ train, test }) =>
      TE.tryCatch(
        async (): Promise<Prepared> => {
          const examples: Examples = {
            train: await train.read(train.ids),
            test: await test.read(test.ids),
            classes: train.classes,
          }
          return {
            data: { train: await dataHashOf(train), test: await dataHashOf(test) },
            async make({ log, tell }) {
              tell({ kind: 'started', from: 0 })
              for await (const row of measureMinimumNorm(spec, examples)) log.append('quantities', row)
              await log.close()
              tell({ kind: 'finished', step: 0, why: 'computed' })
              return 'computed'
            },
          }
        },
        (cause) => failureOf(spec, cause),
      ),
    ),
  )
}
