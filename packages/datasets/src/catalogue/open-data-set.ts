import type { Failure } from '@coherent-gradients/core'
import { existsSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { either as E, taskEither as TE } from 'fp-ts'
import { folderImages } from '../images/folder-images.ts'
import { partIn } from '../images/part-in.ts'
import type { NamedSplit } from '../named-split.ts'
import { npzSplit } from '../npz-split.ts'
import { parquetImages } from '../parquet/parquet-images.ts'
import { tarImages } from '../tar/tar-images.ts'
import type { OpenOptions } from './data-set.ts'
import { dataSets } from './data-sets.ts'
import { openImages, openPack } from './open-images.ts'

/** The user's own data are all of one part, and the other was asked for. */
export type NoSuchPart = Failure<'NoSuchPart'>

/** A name that is no data set's and no file's. */
export type UnknownDataSet = Failure<'UnknownDataSet', { name: string; known: readonly string[] }>

/**
 * Opens a data set by its name, or the user's own data by their path: a `.npz` file of arrays x and y, a packed file
 * (`.pack`), a `.tar` of pictures, a `.parquet` file of pictures, or a folder of pictures with one folder a class (or
 * `train` and `test` or `val` inside, and the classes in those). What isn't parted so is all of the part `train`.
 *
 * The name is plain data: it stands in a run's spec, and everything else follows from it.
 *
 * @returns left when there is no such data set or file (the line lists the names), it has no such part, or it can't be read.
 *
 * @example
 * openDataSet('cifar10', { part: 'train', directory: 'data' })
 */
export function openDataSet(name: string, options: OpenOptions): TE.TaskEither<Failure, NamedSplit> {
  const known = dataSets.find((each) => each.name === name)
  if (known !== undefined) return known.open(options)
  if (existsSync(name)) {
    const isFolder = statSync(name).isDirectory()
    if (!isFolder && name.endsWith('.npz')) return openNpzFile(name, options)
    const inside = isFolder ? partIn(name, options.part) : undefined
    // Else a network would be tested on what it was trained on.
    if (options.part === 'test' && inside === undefined && (isFolder || isOfPictures(name)))
      return noTestPart(name, isFolder)
    if (isFolder) return openImages(folderImages(folderOfPart(name, inside)), options)
    if (name.endsWith('.pack')) return openPack(name, options)
    if (TARS.test(name)) return openImages(tarImages({ file: name }), options)
    if (name.endsWith('.parquet')) return openImages(parquetImages({ files: [name] }), options)
  }
  const names = dataSets.map((each) => each.name)
  const own = 'a folder of pictures, or a .npz, .tar, .parquet or .pack file.'
  const message = existsSync(name)
    ? `${name}: a file of no kind that is read. Name ${own}`
    : `${name}: no data set of this name. Choose ${names.join(', ')}, or name ${own}`
  return TE.left({ _tag: 'UnknownDataSet', message, name, known: names } as UnknownDataSet)
}

const TARS = /\.(?:tar|tar\.gz|tgz)$/
const isOfPictures = (file: string): boolean => TARS.test(file) || /\.(?:pack|parquet)$/.test(file)

function noTestPart(name: string, isFolder: boolean): TE.TaskEither<NoSuchPart, never> {
  const required = isFolder
    ? 'a folder test or val in it for the part test, found neither'
    : 'the part train: it has no other'
  return TE.left({ _tag: 'NoSuchPart', message: `${name}: required ${required}` })
}

function folderOfPart(folder: string, inside: string | undefined): { folder: string; name: string } {
  const name = basename(resolve(folder))
  return inside === undefined ? { folder, name } : { folder: join(folder, inside), name: `${name}/${inside}` }
}

function openNpzFile(file: string, { part, inputShape }: OpenOptions): TE.TaskEither<Failure, NamedSplit> {
  return async () => {
    const shape = inputShape === undefined ? {} : { inputShape }
    const read = await npzSplit({ file, part, ...shape })()
    if (E.isLeft(read)) return read
    const classNames = Array.from({ length: read.right.classes }, (_, label) => String(label))
    return E.right(Object.assign(read.right, { classNames }))
  }
}
