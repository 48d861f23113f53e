import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findImageNet } from '../imagenet/find-imagenet.ts'
import { packedSplit } from '../pack/packed-split.ts'
import type { DataSet } from './data-set.ts'
import { foldersOf } from './folders-of.ts'
import { openImages } from './open-images.ts'

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
  open: (options) => {
    const [own] = foldersOf('imagenet', options.directory)
    const folder = existsSync(own) ? own : options.directory
    const pack = join(folder, `imagenet-${options.part}.pack`)
    // A packed file says itself how its pictures were cropped: it only stands in where nothing else is asked for.
    if (options.preprocessing === undefined && existsSync(pack)) return packedSplit(pack)
    return openImages(findImageNet(folder, options.part), options)
  },
}
