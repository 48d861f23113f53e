import { makeFolder } from '@coherent-gradients/files'
import { either as E } from 'fp-ts'
import { existsSync } from 'node:fs'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compileBinding } from './compile-binding.ts'
import { downloadWheel } from './download-wheel.ts'
import { findCompiler, findPython } from './find-tool.ts'
import { findNodeHeaders } from './find-node-headers.ts'
import type { TfjsNode } from './find-tfjs-node.ts'
import type { InstallFailure } from './install-failure.ts'
import type { InstallProgress } from './install-progress.ts'
import { requireSpace } from './require-space.ts'
import { unpackWheel } from './unpack-wheel.ts'
import type { Wheel } from './wheels.ts'

/**
 * Fetches wheels, unpacks what is wanted of them into a folder, and compiles the binding there. What was done before is
 * not done again: a wheel that was fetched or unpacked stays, whatever happened afterwards.
 *
 * @param folder where all is built; it may hold what an earlier call left.
 * @param downloads where wheels are kept until they are no longer needed.
 */
export async function installFromWheels(
  { folder: sources }: TfjsNode,
  wheels: readonly Wheel[],
  folder: string,
  downloads: string,
  tell: (progress: InstallProgress) => void,
): Promise<E.Either<InstallFailure, void>> {
  const python = await findPython()
  if (E.isLeft(python)) return python
  const compiler = await findCompiler()
  if (E.isLeft(compiler)) return compiler
  const headers = findNodeHeaders()
  if (E.isLeft(headers)) return headers

  await makeFolder(downloads)
  for (const left of await readdir(downloads)) {
    if (left.startsWith('partial-')) await rm(join(downloads, left), { recursive: true, force: true })
  }
  const marker = (wheel: Wheel): string => join(folder, `${wheel.name}-${wheel.version}.unpacked`)
  const missing = wheels.filter((wheel) => !existsSync(marker(wheel)))
  const unpacked = missing.reduce((sum, wheel) => sum + wheel.unpacked, 0)
  const fetched = missing.reduce((sum, wheel) => sum + (existsSync(join(downloads, wheel.file)) ? 0 : wheel.size), 0)
  const space = await requireSpace(folder, unpacked + fetched + 50e6)
  if (E.isLeft(space)) return space

  for (const wheel of missing) {
    const what = `${wheel.name} ${wheel.version}`
    const downloading = (done: number): void => tell({ step: 'download', what, bytes: { done, total: wheel.size } })
    downloading(0)
    const file = await downloadWheel(python.right, wheel, downloads, downloading)
    if (E.isLeft(file)) return file
    downloading(wheel.size)
    const unpacking = (done: number): void => tell({ step: 'unpack', what, bytes: { done, total: wheel.unpacked } })
    const done = await unpackWheel(python.right, wheel, file.right, folder, unpacking)
    if (E.isLeft(done)) return done
    await writeFile(marker(wheel), '')
    await rm(file.right)
  }
  tell({ step: 'compile', what: 'the binding' })
  return compileBinding({ compiler: compiler.right, sources, headers: headers.right, folder })
}
