import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { cacheFolder, replaceFile } from '@coherent-gradients/files'
import { type Fingerprint, fingerprint } from './fingerprint.ts'
import type { ImageIndex } from './image-index.ts'
import { indexBytes, indexOfBytes } from './index-bytes.ts'

export interface KeptIndexOptions {
  /** Where indexes go; beside the archive where absent, or in the machine's cache where that can't be written. */
  readonly indexFolder?: string
}

/**
 * The index of some archives: read from where it was kept, or built and kept. An index is only taken for archives of the
 * same names, sizes, times and sampled bytes; one that is torn, or of an archive that has changed since, is built anew.
 * It is written aside and renamed, so that processes that build it at once do no harm.
 */
export async function keptIndex(
  archives: readonly [string, ...string[]],
  kind: string,
  build: () => Promise<ImageIndex>,
  { indexFolder }: KeptIndexOptions = {},
): Promise<ImageIndex> {
  const fingerprints = await Promise.all(archives.map(fingerprint))
  const places = placesOf(archives, kind, indexFolder)
  for (const place of places) {
    const found = await indexAt(place, fingerprints)
    if (found !== undefined) return found
  }
  const index = await build()
  const bytes = indexBytes(index, fingerprints)
  for (const place of places) if (await keep(place, bytes)) break
  return index
}

function placesOf(
  [first, ...rest]: readonly [string, ...string[]],
  kind: string,
  folder: string | undefined,
): string[] {
  const whole = resolve(first)
  const name = `${basename(whole)}${rest.length === 0 ? '' : `+${rest.length}`}.${kind}-index`
  if (folder !== undefined) return [join(folder, name)]
  const where = createHash('sha256').update(whole).digest('hex').slice(0, 16)
  return [join(dirname(whole), name), join(cacheFolder(), `${where}-${name}`)]
}

async function indexAt(place: string, archives: readonly Fingerprint[]): Promise<ImageIndex | undefined> {
  try {
    return indexOfBytes(await readFile(place), archives)
  } catch {
    return undefined // not there, or not to be read: built again
  }
}

/** False where it can't be written; the archives can still be read, only not faster the next time. */
async function keep(place: string, bytes: Uint8Array): Promise<boolean> {
  return replaceFile(place, bytes, { lasting: false }).then(
    () => true,
    () => false,
  )
}
