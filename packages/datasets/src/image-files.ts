import type { Failure } from '@coherent-gradients/core'
import type { taskEither as TE } from 'fp-ts'
import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { attempt, refuse } from './binary/refusal.ts'
import type { FileFailure } from './file-failure.ts'
import { type LinkFailure, realInside } from './images/real-inside.ts'

/** A folder that holds no pictures in one folder a class. */
export type NoImages = Failure<'NoImages', { folder: string }>

/** The pictures of one class. */
export interface ClassFiles {
  /** The folder's name. */
  readonly name: string
  /** Paths in the order of their names, folders inside the class's own in place. */
  readonly files: readonly string[]
}

const extensions: ReadonlySet<string> = new Set('.jpg .jpeg .jpe .jfif .png .webp .gif .avif .tif .tiff'.split(' '))

/**
 * The pictures of a folder with one folder a class, both in the order of their names (by code unit, so that no locale
 * changes it). What is no picture by its extension is passed over, and so is everything whose name starts with a dot.
 * Links are followed inside the folder.
 *
 * @returns left where the folder can't be read, a link leads out of it, a class has no picture, or there is none at all
 *   (each is named).
 */
export function imageFiles(folder: string): TE.TaskEither<FileFailure | LinkFailure | NoImages, readonly ClassFiles[]> {
  const none = (where: string, what: string): never =>
    refuse({ _tag: 'NoImages', message: `${where}: ${what}`, folder: where } as NoImages)
  return attempt(folder, async () => {
    const classes: ClassFiles[] = []
    for (const { name, isFolder } of await entries(folder, folder)) {
      if (!isFolder) continue
      const files = await picturesIn(folder, join(folder, name))
      if (files.length === 0) none(join(folder, name), 'required a picture in the folder of each class, found none')
      classes.push({ name, files })
    }
    const required = 'required a folder for each class, with pictures (JPEG, PNG, WebP, GIF, AVIF, TIFF) inside'
    return classes.length === 0 ? none(folder, `${required}, found none`) : classes
  })
}

/** The pictures anywhere inside a folder of `root`, in the order of their names. */
export async function picturesIn(root: string, folder: string): Promise<string[]> {
  const found: string[] = []
  for (const { name, isFolder } of await entries(root, folder)) {
    const path = join(folder, name)
    if (isFolder) found.push(...(await picturesIn(root, path)))
    else if (extensions.has(extname(name).toLowerCase())) found.push(path)
  }
  return found
}

async function entries(root: string, folder: string): Promise<{ name: string; isFolder: boolean }[]> {
  const all = await readdir(folder, { withFileTypes: true })
  const visible = all.filter(({ name }) => !name.startsWith('.')).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return Promise.all(
    visible.map(async (entry) => ({ name: entry.name, isFolder: await isFolderHere(root, folder, entry) })),
  )
}

async function isFolderHere(root: string, folder: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  return (await realInside(root, join(folder, entry.name))).isFolder
}
