import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DataSet } from './data-set.ts'

/** Where a data set is looked for, the folder of its name first. */
export function foldersOf(name: string, directory: string): readonly [string, string] {
  return [join(directory, name), directory]
}

/** The first of a data set's folders that holds a landmark of it; undefined where none does. */
export function folderOf(
  { name, landmarks }: Pick<DataSet, 'name' | 'landmarks'>,
  directory: string,
): string | undefined {
  return foldersOf(name, directory).find((folder) => landmarks.some((each) => existsSync(join(folder, each))))
}
