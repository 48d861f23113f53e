import { keyOf, type Failure, type Split } from '@coherent-gradients/core'
import { mnist, npzSplit, sample, take } from '@coherent-gradients/datasets'
import { either as E, taskEither as TE } from 'fp-ts'
import { normalised, type Normalisation } from './normalisation.ts'

export interface DataOptions {
  /** `mnist`, or the path of a .npz file. */
  readonly dataset: string
  readonly split?: 'train' | 'test'
  /** The first so many, or as many drawn; all where absent. */
  readonly examples?: number
  /** Draws at random by this key, where examples are fewer than all. */
  readonly sample?: string
  readonly normalise: Normalisation
  readonly dataDir?: string
}

/** How many examples are measured where nobody says. */
export const USUAL_EXAMPLES = 1000

/** The examples to measure, in file order. */
export function readData(options: DataOptions): TE.TaskEither<Failure, Split> {
  const { dataset, split, normalise, dataDir } = options
  const isMnist = dataset === 'mnist'
  return async () => {
    if (!isMnist && !dataset.endsWith('.npz')) {
      const message = `--dataset ${dataset}: choose mnist, or name a .npz file with arrays x and y; make one of images or other data with numpy.savez`
      return E.left({ _tag: 'UnknownDataset', message })
    }
    const read: E.Either<Failure, Split> = isMnist
      ? await mnist({ split: split ?? 'train', ...(dataDir === undefined ? {} : { directory: dataDir }) })()
      : await npzSplit({
          file: dataset,
          ...(split === undefined ? {} : { split }),
          bytes: normalise === 'none' ? 'raw' : 'unit',
        })()
    if (E.isLeft(read)) return read
    const chosen = choose(read.right, options)
    if (E.isLeft(chosen)) return chosen
    // Moments are those of the whole split: a sample of it is scaled as the network saw it.
    const whole = await normalised(read.right, normalise, isMnist)
    return E.isLeft(whole) ? whole : E.right({ ...chosen.right, read: whole.right.read })
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
