import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The folder that holds a part of a folder of pictures; undefined where it isn't parted so. */
export function partIn(folder: string, part: 'train' | 'test'): string | undefined {
  return (part === 'train' ? ['train'] : ['test', 'val']).find((each) => existsSync(join(folder, each)))
}
