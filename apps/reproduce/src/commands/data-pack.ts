import { join, resolve } from 'node:path'
import type { Failure } from '@coherent-gradients/core'
import { foldersOf, openDataSet } from '@coherent-gradients/datasets/catalogue'
import { packImages, type ImageSplit, type PackReport } from '@coherent-gradients/datasets/images'
import { either as E } from 'fp-ts'
import { printFailure } from '../console/print-failure.ts'
import { knownDataSet } from '../data/known-data-set.ts'
import { closeSplit } from '../data/optional-parts.ts'
import type { Console } from './console.ts'

export interface DataPackOptions {
  readonly dataDir: string
  readonly part: 'train' | 'test'
  readonly out?: string
  readonly resize: number
  readonly crop: number
  readonly onBadImage: 'fail' | 'skip'
}

/** Packs the pictures of a data set, cropped, into one file of bytes. Stopped and started again, it goes on. */
export async function dataPackCommand(
  name: string,
  options: DataPackOptions,
  { out, err, clock }: Console,
): Promise<number> {
  const { dataDir, part, resize, crop, onBadImage } = options
  const fail = (failure: Failure): number => {
    printFailure(err, failure)
    return 1
  }
  if (crop > resize) return fail({ _tag: 'WrongSize', message: `--crop ${crop} is larger than --resize ${resize}` })
  const preprocessing = { kind: 'centre-crop', resize, crop } as const
  const opened = await openDataSet(name, { part, directory: dataDir, preprocessing, onBadImage })()
  if (E.isLeft(opened)) return fail(opened.left)
  const split = opened.right
  try {
    if (!('atEpoch' in split)) {
      return fail({
        _tag: 'NoPictures',
        message: `${name}: only pictures are packed, and this is read at that speed as it is`,
      })
    }
    const file = options.out ?? placeOf(name, part, dataDir)
    const start = clock()
    const tell = (done: number, total: number): void => {
      const left = ((clock() - start) / 1000) * (total / done - 1)
      const line = `packing: ${done} of ${total}, ${left.toFixed(0)} s left`
      if (err.isTTY) err.write(`\r${line}\x1b[K`)
    }
    const packed: E.Either<Failure, PackReport> = await packImages(split as ImageSplit, { file, tell })()
    if (err.isTTY) err.write('\r\x1b[2K')
    if (E.isLeft(packed)) return fail(packed.left)
    const { examples, leftOut } = packed.right
    for (const { message } of leftOut) out.write(`left out: ${message}\n`)
    out.write(`${file}: ${examples.toLocaleString('en')} examples [${crop}, ${crop}, 3]\n`)
    return 0
  } finally {
    await closeSplit(split)
  }
}

/** In the folder of a data set that is known, or beside the user's own. */
function placeOf(name: string, part: 'train' | 'test', dataDir: string): string {
  if (E.isRight(knownDataSet(name))) return join(foldersOf(name, dataDir)[0], `${name}-${part}.pack`)
  return `${resolve(name).replace(/\.(?:tar|tar\.gz|tgz|parquet)$/, '')}-${part}.pack`
}
