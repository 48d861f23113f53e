import { derive, keyOf, type Failure, type Key, type Split } from '@coherent-gradients/core'
import {
  pixelMoments,
  randomShift,
  readInOrder,
  sample,
  subset,
  withNoise,
  withSubset,
} from '@coherent-gradients/datasets'
import { either as E, function as fn, taskEither as TE } from 'fp-ts'
import { closeSplit, leftOutOf } from '../data/optional-parts.ts'
import type { NoiseSpec, TrainingSpec } from '../run-spec.ts'
import { asPictures } from './as-pictures.ts'
import { shapedFor } from './build-network.ts'
import { failureOf } from './failure-of.ts'
import { type DataPlace, isPictures, openData } from './open-data.ts'

/** The splits that a run trains and is tested on. */
export interface RunSplits {
  readonly train: Split
  readonly test: Split
  /** Of the training set, held out; where the spec asks for it. */
  readonly validation?: Split
  /** The training set as an epoch's steps see it: pictures cut or moved at random. `train` where the spec asks for nothing else. */
  trainAt(epoch: number): Promise<Split>
  /** Pictures that could not be decoded, a line each: those that were left out now, and when they were packed. */
  readonly leftOut: { readonly train: readonly string[]; readonly test: readonly string[] }
  close(): Promise<void>
}

/** One part of a data set: what was opened, and the examples of it that the spec draws and that can be read. */
interface Part {
  readonly opened: Split
  readonly chosen: Split
}

/**
 * Reads the data of a spec: the subsets are drawn by the seed, the noise is put on them by keys of its own, so that noise
 * never moves the subset or the order of the batches. Test labels are never noisy; test images are where the spec says.
 *
 * With `data.augment`, steps see random crops or shifts, keyed by example and epoch; noise comes after them and is the same in
 * each epoch. Whatever is measured sees the middle of each picture, and images where they are.
 */
export function splitsOf(spec: TrainingSpec, place: DataPlace): TE.TaskEither<Failure, RunSplits> {
  const { data } = spec
  const key = keyOf(spec.seed)
  const trained = data.train === undefined ? undefined : data.train + (data.validation ?? 0)
  return fn.pipe(
    TE.Do,
    TE.bind('train', () => partOf(spec, 'train', trained, place)),
    TE.bind('test', () => partOf(spec, 'test', data.test, place)),
    TE.chainEitherKW(({ train, test }) =>
      fn.pipe(
        E.Do,
        E.bind('noisy', () => withNoise(train.chosen, data.noise, derive(key, 'noise:train'))),
        E.bindW('test', () =>
          data.noisyTest ? withNoise(test.chosen, data.noise, keyOfTestNoise(data.noise, key)) : E.right(test.chosen),
        ),
        E.map(({ noisy, test: tested }): RunSplits => {
          const splits = heldOut(noisy, key, data.validation)
          return {
            ...splits,
            test: tested,
            trainAt: augmented(spec, train, splits.train),
            leftOut: { train: leftOutOf(train.opened), test: leftOutOf(test.opened) },
            close: async () => void (await Promise.all([closeSplit(train.opened), closeSplit(test.opened)])),
          }
        }),
      ),
    ),
  )
}

/** Shuffled pixels have one order for all examples, so that what was learned of it holds for the test images. */
function keyOfTestNoise({ kind }: NoiseSpec, key: Key): Key {
  return derive(key, kind === 'shuffled-pixels' ? 'noise:train' : 'noise:test')
}

function partOf(
  spec: TrainingSpec,
  name: 'train' | 'test',
  examples: number | undefined,
  place: DataPlace,
): TE.TaskEither<Failure, Part> {
  const { subset: parts } = spec.data
  const key = keyOf(spec.seed)
  return fn.pipe(
    openData(spec.data, name === 'test' ? (parts?.testOf ?? name) : name, place),
    TE.bindTo('opened'),
    TE.bind('whole', ({ opened }) => TE.fromEither(shapedFor(spec.model, opened))),
    TE.bind(
      'all',
      ({ whole }) =>
        () =>
          withSubset(whole, parts?.[name] ?? { kind: 'all' }, derive(key, `subset:${name}`)),
    ),
    TE.chain(({ opened, all }) => {
      if (examples !== undefined && examples > all.ids.length) {
        const message = `${spec.experiment} asks for ${examples} ${name} examples; ${all.name} has ${all.ids.length}`
        return TE.left<Failure, Part>({ _tag: 'TooFewExamples', message })
      }
      const drawn = examples === undefined ? all : sample(all, derive(key, `examples:${name}`), examples)
      if (place.onBadImage !== 'skip' || !isPictures(opened)) return TE.right({ opened, chosen: drawn })
      return TE.tryCatch(
        async () => ({ opened, chosen: await readable(drawn) }),
        (cause) => failureOf(spec, cause),
      )
    }),
  )
}

/** The examples that can be read, found out by reading all: so that every batch is whole, and known before the first step. */
async function readable(split: Split): Promise<Split> {
  const ids: number[] = []
  for await (const batch of readInOrder(split, 64)) ids.push(...batch.ids)
  return ids.length === split.ids.length ? split : subset(split, ids, split.name)
}

function augmented(spec: TrainingSpec, { opened, chosen }: Part, train: Split): RunSplits['trainAt'] {
  const { noise } = spec.data
  const key = keyOf(spec.seed)
  const seenAt = epochsOf(spec, opened)
  if (seenAt === undefined) return async () => train
  let settled: Promise<NoiseSpec> | undefined
  let latest: { readonly epoch: number; readonly split: Split } | undefined
  return async (epoch) => {
    if (latest?.epoch === epoch) return latest.split
    const cut = shapedFor(spec.model, seenAt(epoch))
    if (E.isLeft(cut)) throw new Error(cut.left.message, { cause: cut.left })
    settled ??= withMoments(noise, chosen)
    const noisy = withNoise(subset(cut.right, chosen.ids, chosen.name), await settled, derive(key, 'noise:train'))
    if (E.isLeft(noisy)) throw new Error(noisy.left.message, { cause: noisy.left })
    latest = { epoch, split: subset(noisy.right, train.ids, train.name) }
    return latest.split
  }
}

/** All examples as an epoch sees them; undefined where each epoch sees the same. */
function epochsOf({ seed, data: { augment } }: TrainingSpec, opened: Split): ((epoch: number) => Split) | undefined {
  const key = keyOf(seed)
  if (augment?.kind === 'random-shift') {
    const pictures = asPictures(opened, 'a random shift (data.augment)')
    if (E.isLeft(pictures)) throw new Error(pictures.left.message, { cause: pictures.left })
    return (epoch) => randomShift(pictures.right, augment, { key: derive(key, 'shifts'), epoch })
  }
  if (augment === undefined || !isPictures(opened)) return undefined
  const { orientation, crop } = opened.preprocessing
  const upright = orientation === undefined ? {} : { orientation }
  const pictures = opened.cut({ ...augment, ...upright, crop }, derive(key, 'crops'))
  return (epoch) => pictures.atEpoch(epoch)
}

/** Noise images of one mean and variance, the measured pictures': else each epoch's crops would have their own. */
async function withMoments(noise: NoiseSpec, split: Split): Promise<NoiseSpec> {
  return noise.kind === 'gaussian-images' ? { ...(await pixelMoments(split)), ...noise } : noise
}

/** What is left to train on, and so many examples that are held out, noise and all. */
function heldOut(
  all: Split,
  key: Key,
  examples: number | undefined,
): { readonly train: Split; readonly validation?: Split } {
  if (examples === undefined) return { train: all }
  const validation = sample(all, derive(key, 'examples:validation'), examples)
  const apart = new Set(validation.ids)
  const kept = all.ids.filter((id) => !apart.has(id))
  return { train: subset(all, kept), validation }
}
