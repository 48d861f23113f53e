import { keyOf, type Failure, type Split } from '@coherent-gradients/core'
import { mnist, npzSplit, npzTargets, sample, splitOf, subset, take } from '@coherent-gradients/datasets'
import { imageFolder, type ImageShape } from '@coherent-gradients/datasets/images'
import { either as E, taskEither as TE } from 'fp-ts'
import { stat } from 'node:fs/promises'
import { leftOutOf } from '../data/optional-parts.ts'
import { labelsAlone } from './labels-alone.ts'
import type { MeasuredData } from './measured-data.ts'
import { normalised, type Normalisation } from './normalisation.ts'
import { readNamed, withoutBad } from './read-named.ts'

export interface DataOptions {
  /** A data set's name, or the path of a .npz file, or of pictures in a folder or an archive. */
  readonly dataset: string
  readonly part?: 'train' | 'test'
  /** The first so many, or as many drawn; all where absent. */
  readonly examples?: number
  /** Draws at random by this key, where examples are fewer than all. */
  readonly sample?: string
  readonly normalise: Normalisation
  readonly dataDir?: string
  /** What becomes of pictures that can't be decoded: they end the measurement unless they are to be skipped. */
  readonly onBadImage?: 'fail' | 'skip'
}

/** How many examples are measured where nobody says. */
const USUAL_EXAMPLES = 1000

/**
 * The examples to measure, in file order; of pictures the first of every class, then the second of every class, and so on.
 *
 * @param imageShape into which pictures are brought, asked only where there are any.
 */
export function readData(
  options: DataOptions,
  imageShape: () => E.Either<Failure, ImageShape>,
): TE.TaskEither<Failure, MeasuredData> {
  return async () => {
    const read = await readWhole(options, imageShape)
    if (E.isLeft(read)) return read
    const { split, labels, bytes, ...rest } = read.right
    const drawn = choose(split, options)
    if (E.isLeft(drawn)) return drawn
    const chosen = await withoutBad(drawn.right, options)
    if (E.isLeft(chosen)) return chosen
    // Moments are those of the whole split: a sample of it is scaled as the network saw it.
    const whole = await normalised(split, options.normalise, bytes)
    if (E.isLeft(whole)) return whole
    const alone = labels === undefined ? await labelsAlone(chosen.right) : subset(labels, chosen.right.ids)
    const leftOut = leftOutOf(split)
    return E.right({
      ...rest,
      ...(leftOut.length === 0 ? {} : { leftOut }),
      split: { ...chosen.right, read: whole.right.read },
      labels: alone,
    })
  }
}

interface Whole extends Omit<MeasuredData, 'labels'> {
  readonly labels?: Split
  /** What its inputs were before they became numbers from 0 to 1. */
  readonly bytes: 'mnist' | 'pixels' | 'none'
}

async function readWhole(
  options: DataOptions,
  imageShape: () => E.Either<Failure, ImageShape>,
): Promise<E.Either<Failure, Whole>> {
  const { dataset, part, normalise, dataDir, onBadImage } = options
  const named = part === undefined ? {} : { part }
  if (dataset === 'mnist') {
    const read = await mnist({ part: part ?? 'train', ...(dataDir === undefined ? {} : { directory: dataDir }) })()
    return E.isLeft(read) ? read : E.right({ split: read.right, bytes: 'mnist' })
  }
  if (dataset.endsWith('.npz')) {
    const arrays = { file: dataset, ...named, bytes: normalise === 'none' ? 'raw' : 'unit' } as const
    const classes = await npzSplit(arrays)()
    if (E.isRight(classes)) {
      const { inputType, columns, ...labelled } = classes.right
      return E.right({
        split: labelled,
        bytes: 'none',
        ...wholeInputs(inputType, normalise),
        ...(columns === undefined ? {} : { columns }),
      })
    }
    if (classes.left._tag !== 'NpzNotLabels') return classes
    const targets = await npzTargets(arrays)()
    if (E.isLeft(targets)) return targets
    const { inputType, ...rest } = targets.right
    return E.right({ ...rest, bytes: 'none', ...wholeInputs(inputType, normalise) })
  }
  const shape = imageShape()
  if (!(await isFolder(dataset))) return readNamed(options, shape)
  if (E.isLeft(shape)) return shape
  const read = await imageFolder({
    folder: dataset,
    ...named,
    shape: shape.right,
    ...(onBadImage === undefined ? {} : { onBadImage }),
  })()
  if (E.isLeft(read)) return read
  const { name, ids, labels, classes, classNames } = read.right
  const noInputs = new Float32Array(0)
  const alone = splitOf({ name, inputs: noInputs, labels, ids, inputShape: [0], classes })
  return E.right({ split: read.right, labels: alone, classNames, bytes: 'pixels' })
}

function wholeInputs(type: string, normalise: Normalisation): Pick<MeasuredData, 'wholeInputs'> {
  return normalise !== 'none' && /int/.test(type) && type !== 'uint8' ? { wholeInputs: type } : {}
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

function choose(split: Split, { examples, sample: key }: DataOptions): E.Either<Failure, Split> {
  const size = split.ids.length
  if (size === 0) return E.left({ _tag: 'NoExamples', message: `${split.name}: required an example, found none` })
  if (examples !== undefined && examples > size) {
    return E.left({
      _tag: 'TooFewExamples',
      message: `${split.name} has ${size} examples, and --examples asks for ${examples}`,
    })
  }
  const n = Math.min(size, examples ?? USUAL_EXAMPLES)
  return E.right(key === undefined ? take(split, n) : sample(split, keyOf(key), n))
}
