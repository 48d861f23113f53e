import { derive, keyOf, type Failure, type Key, type Split } from '@coherent-gradients/core'
import { flattened, mnist, sample, subset, withNoise } from '@coherent-gradients/datasets'
import { dataSets, folderOf, openDataSet } from '@coherent-gradients/datasets/catalogue'
import { either as E, function as fn, taskEither as TE } from 'fp-ts'
import type { TrainingSpec } from '../run-spec.ts'

/** The splits that a run trains and is tested on. */
export interface RunSplits {
  readonly train: Split
  readonly test: Split
  /** Of the training set, held out; where the spec asks for it. */
  readonly validation?: Split
}

/**
 * Reads the data of a spec: the subsets are drawn by the seed, the noise is put on them by keys of its own, so that noise
 * never moves the subset or the order of the batches. Test labels are never noisy; test images are where the spec says.
 */
export function splitsOf(spec: TrainingSpec, dataDirectory: string | undefined): TE.TaskEither<Failure, RunSplits> {
  const key = keyOf(spec.seed)
  const { data } = spec
  const read = (split: 'train' | 'test', examples: number | undefined): TE.TaskEither<Failure, Split> =>
    fn.pipe(
      open(data.dataset, split, dataDirectory),
      // All networks of specs are of dense layers.
      TE.map(flattened),
      TE.chainEitherK((all) => {
        if (examples === undefined) return E.right(all)
        if (examples <= all.ids.length) return E.right(sample(all, derive(key, `examples:${split}`), examples))
        const message = `${spec.experiment} asks for ${examples} ${split} examples; ${all.name} has ${all.ids.length}`
        return E.left<Failure>({ _tag: 'TooFewExamples', message })
      }),
    )
  return fn.pipe(
    TE.Do,
    TE.bind('train', () => read('train', data.train === undefined ? undefined : data.train + (data.validation ?? 0))),
    TE.bind('test', () => read('test', data.test)),
    TE.chainEitherKW(({ train, test }) =>
      fn.pipe(
        withNoise(train, data.noise, derive(key, 'noise:train')),
        E.bindTo('train'),
        E.bindW('test', () =>
          data.noisyTest ? withNoise(test, data.noise, derive(key, 'noise:test')) : E.right(test),
        ),
      ),
    ),
    TE.map(({ train, test }) =>
      data.validation === undefined ? { train, test } : { ...heldOut(train, key, data.validation), test },
    ),
  )
}

/** What is left to train on, and so many examples that are held out, noise and all. */
function heldOut(all: Split, key: Key, examples: number): { readonly train: Split; readonly validation: Split } {
  const validation = sample(all, derive(key, 'examples:validation'), examples)
  const apart = new Set(validation.ids)
  const kept = all.ids.filter((id) => !apart.has(id))
  return { train: subset(all, kept), validation }
}

/** A data set by the name in a spec. Where it lies is no part of the spec: only what is read changes tables. */
function open(name: string, part: 'train' | 'test', directory: string | undefined): TE.TaskEither<Failure, Split> {
  if (name !== 'mnist' || directory === undefined) return openDataSet(name, { part, directory: directory ?? 'data' })
  const known = dataSets.find((each) => each.name === name)
  return mnist({ split: part, directory: (known && folderOf(known, directory)) ?? directory })
}
