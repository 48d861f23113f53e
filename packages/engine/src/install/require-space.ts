import { either as E } from 'fp-ts'
import { statfs } from 'node:fs/promises'
import type { InstallFailure } from './install-failure.ts'

/** Sees to it that so many bytes can be written into a folder that is there. */
export async function requireSpace(folder: string, required: number): Promise<E.Either<InstallFailure, void>> {
  const { bavail, bsize } = await statfs(folder)
  const found = bavail * bsize
  if (found >= required) return E.right(undefined)
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`
  const message = `${folder}: ${gigabytes(required)} are needed and ${gigabytes(found)} are free; make room, or set COHERENT_GRADIENTS_CACHE to a folder elsewhere`
  return E.left({ _tag: 'NotEnoughSpace', message, folder, required, found })
}
