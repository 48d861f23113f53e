import type { Failure } from '@coherent-gradients/core'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { either as E, taskEither as TE } from 'fp-ts'
import type { EncodedImages } from '../images/encoded-images.ts'
import { folderImages } from '../images/folder-images.ts'
import { shardsIn } from '../images/shards-in.ts'
import { parquetImages } from '../parquet/parquet-images.ts'
import { tarImages } from '../tar/tar-images.ts'
import { tfrecordImages } from '../tfrecord/tfrecord-images.ts'
import { readClassList } from './read-class-list.ts'
import { type GroundTruth, readGroundTruth } from './read-ground-truth.ts'

/** ImageNet is not in a folder. The line says what was looked for. */
export type ImageNetMissing = Failure<'ImageNetMissing', { folder: string }>

const CLASS_LISTS = ['LOC_synset_mapping.txt', 'imagenet_class_index.json', 'map_clsloc.txt', 'meta_clsloc.csv']
const NUMBERED_LISTS = ['map_clsloc.txt', 'meta_clsloc.csv']
const TRUTHS = [
  'imagenet_2012_validation_synset_labels.txt',
  'LOC_val_solution.csv',
  'ILSVRC2012_validation_ground_truth.txt',
]
const PARTS = { train: ['train'], test: ['val', 'validation'] } as const

/**
 * ImageNet as it lies in a folder: ILSVRC's tars, a folder for each class (or a flat folder of validation pictures), TFRecord
 * shards or Parquet files; the first of these that is there. Class lists and the ground truth are found beside it, under
 * the names that they are given out by.
 *
 * With a class list there are its 1,000 classes, in the standard order; without, those that have pictures.
 *
 * @returns left when nothing is found, or what is found can't be read.
 *
 * @example
 * findImageNet('data/imagenet', 'test') // the validation pictures
 */
export function findImageNet(folder: string, part: 'train' | 'test'): TE.TaskEither<Failure, EncodedImages> {
  return async () => {
    const at = (name: string): string => join(folder, name)
    const list = CLASS_LISTS.map(at).find((file) => existsSync(file))
    const classes = list === undefined ? undefined : await readClassList(list)()
    if (classes !== undefined && E.isLeft(classes)) return classes
    const found = await findPictures(
      folder,
      part,
      classes?.right.map(({ wnid }) => wnid),
    )
    if (E.isLeft(found) || classes === undefined) return found
    const classNames = classes.right.map(({ name }) => name.split(',')[0]!.replaceAll('_', ' '))
    return E.right({ ...found.right, classNames, classIds: found.right.classNames })
  }
}

async function findPictures(
  folder: string,
  part: 'train' | 'test',
  classes: readonly string[] | undefined,
): Promise<E.Either<Failure, EncodedImages>> {
  const first = (names: readonly string[]): string | undefined =>
    names.map((name) => join(folder, name)).find((file) => existsSync(file))
  const some = { name: `imagenet/${part}`, ...(classes === undefined ? {} : { classes }) }

  const tar = first([`ILSVRC2012_img_${PARTS[part][0]}.tar`])
  if (tar !== undefined) {
    const truth = part === 'train' ? E.right({}) : await groundTruth()
    return E.isLeft(truth) ? truth : tarImages({ ...some, file: tar, ...truth.right })()
  }
  const pictures = first(PARTS[part])
  if (pictures !== undefined) {
    const flat = !readdirSync(pictures, { withFileTypes: true }).some((entry) => !entry.isFile())
    const truth = flat ? await groundTruth() : E.right({})
    return E.isLeft(truth) ? truth : folderImages({ ...some, folder: pictures, ...truth.right })()
  }
  if (existsSync(folder)) {
    const shards = await shardsIn(folder, PARTS[part])()
    if (E.isRight(shards)) {
      return shards.right[0].endsWith('.parquet')
        ? parquetImages({ ...some, files: shards.right })()
        : tfrecordImages({ ...some, files: shards.right, firstLabel: 1 })()
    }
    if (shards.left._tag !== 'ShardsMissing' || shards.left.missing.length > 0) return shards
  }
  const kinds = `ILSVRC2012_img_${PARTS[part][0]}.tar, a folder ${PARTS[part].join(' or ')}, TFRecord shards or Parquet files`
  const message = `ImageNet (${part}): none of ${kinds} is in ${folder}. ImageNet must be asked for at https://image-net.org`
  return E.left({ _tag: 'ImageNetMissing', message, folder } as ImageNetMissing)

  async function groundTruth(): Promise<E.Either<Failure, { truth?: GroundTruth }>> {
    const file = first(TRUTHS)
    const numbered = first(NUMBERED_LISTS)
    if (file === undefined) return E.right({})
    const truth = await readGroundTruth({ file, ...(numbered === undefined ? {} : { classList: numbered }) })()
    return E.isLeft(truth) ? truth : E.right({ truth: truth.right })
  }
}
