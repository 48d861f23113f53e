import { derive, keyOf, type Failure } from '@coherent-gradients/core'
import { flattened, sample, withNoise } from '@coherent-gradients/datasets'
import { either as E, function as fn, taskEither as TE } from 'fp-ts'
import { dataHashOf } from '../runner/data-hash-of.ts'
import { failureOf } from '../runner/failure-of.ts'
import { openData } from '../runner/open-data.ts'
import type { Order, Prepared } from '../runner/tasks/task.ts'
import type { SuspectsSpec } from '../specs/suspects-spec.ts'
import { inMemory } from './in-memory.ts'
import { judgedRankings } from './judged-rankings.ts'
import { scoreExamples } from './score-examples.ts'

/** Reads the examples of a run, with noise on their labels. The run then ranks them and notes how well each ranking does. */
export function prepareSuspects({ spec, ...place }: Order<SuspectsSpec>): TE.TaskEither<Failure, Prepared> {
  const key = keyOf(spec.seed)
  const { dataset, examples, noise } = spec.data
  return fn.pipe(
    openData({ dataset, noise, noisyTest: false }, 'train', place),
    TE.chainEitherK((all) => {
      if (examples <= all.ids.length) return E.right(sample(flattened(all), derive(key, 'examples'), examples))
      const message = `${spec.experiment} asks for ${examples} examples; ${all.name} has ${all.ids.length}`
      return E.left<Failure>({ _tag: 'TooFewExamples', message })
    }),
    TE.chain((split) =>
      TE.tryCatch(
        () => inMemory(split),
        (cause) => failureOf(spec, cause),
      ),
    ),
    TE.chainEitherKW((split) => withNoise(split, noise, derive(key, 'noise'))),
    TE.bindTo('split'),
    TE.bindW('hash', ({ split }) => TE.fromTask(() => dataHashOf(split))),
    TE.bimap(
      (failure): Failure => failure,
      ({ split, hash }): Prepared => ({
        data: { train: hash },
        async make({ log, tell }) {
          tell({ kind: 'started', from: 0 })
          const scored = await scoreExamples(split, spec.scoring, derive(key, 'suspects'))
          if (E.isLeft(scored)) throw new Error(scored.left.message, { cause: scored.left })
          for (const row of judgedRankings(scored.right)) log.append('quantities', row)
          await log.close()
          tell({ kind: 'finished', step: 0, why: 'computed' })
          return 'computed'
        },
      }),
    ),
  )
}
