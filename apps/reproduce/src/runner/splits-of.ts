import { derive, keyOf, type Failure, type Split } from '@coherent-gradients/core'
import { gaussianImages, mnist, permutedLabelNoise, sample, uniformLabelNoise } from '@coherent-gradients/datasets'
import { either as E, function as fn, taskEither as TE } from 'fp-ts'
import type { NoiseSpec, RunSpec } from '../run-spec.ts'

/** The splits that a run trains and is tested on. */
export interface RunSplits {
  readonly train: Split
  readonly test: Split
}

/**
 * Reads the data of a spec: the subsets are drawn by the seed, the noise is put on them by keys of its own, so that noise
 * never moves the subset or the order of the batches. Test labels are never noisy; test images are where the spec says.
 */
export function splitsOf(spec: RunSpec, dataDirectory: string | undefined): TE.TaskEither<Failure, RunSplits> {
  const key = keyOf(spec.seed)
  const { data } = spec
  const read = (split: 'train' | 'test', examples: number | undefined): TE.TaskEither<Failure, Split> =>
    fn.pipe(
      mnist({ split, ...(dataDirectory === undefined ? {} : { directory: dataDirectory }) }),
      TE.mapLeft((failure): Failure => failure),
      TE.chainEitherK((all) => {
        if (examples === undefined) return E.right(all)
        if (examples <= all.ids.length) return E.right(sample(all, derive(key, `examples:${split}`), examples))
        const message = `${spec.experiment} asks for ${examples} ${split} examples; ${all.name} has ${all.ids.length}`
        return E.left<Failure>({ _tag: 'TooFewExamples', message })
      }),
    )
  return fn.pipe(
    TE.Do,
    TE.bind('train', () => read('train', data.train)),
    TE.bind('test', () => read('test', data.test)),
    TE.chainEitherK(({ train, test }) =>
      fn.pipe(
        withNoise(train, data.noise, derive(key, 'noise:train')),
        E.bindTo('train'),
        E.bind('test', () => (data.noisyTest ? withNoise(test, data.noise, derive(key, 'noise:test')) : E.right(test))),
      ),
    ),
  )
}

function withNoise(split: Split, noise: NoiseSpec, key: ReturnType<typeof keyOf>): E.Either<Failure, Split> {
  switch (noise.kind) {
    case 'none':
      return E.right(split)
    case 'labels':
      return noise.scheme === 'permuted'
        ? permutedLabelNoise(split, { key, fraction: noise.fraction })
        : uniformLabelNoise(split, { key, fraction: noise.fraction, scheme: noise.scheme })
    case 'gaussian-images':
      return gaussianImages(split, { key, fraction: noise.fraction })
  }
}
