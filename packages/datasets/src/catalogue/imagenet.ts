import type { Failure } from '@coherent-gradients/core'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { either as E } from 'fp-ts'
import { findImageNet } from '../imagenet/find-imagenet.ts'
import { centreCrop224 } from '../images/preprocessing.ts'
import type { NamedSplit } from '../named-split.ts'
import { packServes } from '../pack/pack-serves.ts'
import { packedSplit } from '../pack/packed-split.ts'
import type { DataSet, OpenOptions } from './data-set.ts'
import { foldersOf } from './folders-of.ts'
import { openImages, openPack } from './open-images.ts'

export const imagenet: DataSet = {
  name: 'imagenet',
  title: 'ImageNet (ILSVRC 2012): photographs',
  licence: 'terms of access; research only',
  homepage: 'https://image-net.org/download.php',
  examples: { train: 1_281_167, test: 50_000 },
  classes: 1000,
  files: [],
  source: 'ask for it at https://image-net.org, then put its tars, folders, TFRecord shards or Parquet files there',
  landmarks: ['imagenet-train.pack', 'imagenet-test.pack', 'ILSVRC2012_img_train.tar', 'ILSVRC2012_img_val.tar'],
  open: (options) => async () => {
    const [own] = foldersOf('imagenet', options.directory)
    const folder = existsSync(own) ? own : options.directory
    return (await packedInstead(folder, options)) ?? openImages(findImageNet(folder, options.part), options)()
  },
}

/** The packed file beside the pictures, where what comes of it is what would come of them; undefined where not. */
async function packedInstead(
  folder: string,
  { part, preprocessing = centreCrop224, onBadImage, cutAgain = false, directory }: OpenOptions,
): Promise<E.Either<Failure, NamedSplit> | undefined> {
  const file = join(folder, `imagenet-${part}.pack`)
  if (cutAgain || !existsSync(file)) return undefined
  const pack = await packedSplit(file)()
  if (E.isLeft(pack)) return pack
  const same = JSON.stringify(pack.right.preprocessing) === JSON.stringify(preprocessing)
  if (same) return pack
  await pack.right.close()
  if (!packServes(pack.right.preprocessing, preprocessing)) return undefined
  return openPack(file, { part, directory, preprocessing, ...(onBadImage === undefined ? {} : { onBadImage }) })()
}
