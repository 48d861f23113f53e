import { cacheFolder, makeFolder, moveIntoPlace } from '@coherent-gradients/files'
import { either as E, taskEither as TE } from 'fp-ts'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkBinding } from './check-binding.ts'
import { folderOf, installationOf } from './find-installation.ts'
import { findTfjsNode, howToGetTfjsNode, type TfjsNode } from './find-tfjs-node.ts'
import { installFromUpstream } from './install-from-upstream.ts'
import { installFromWheels } from './install-from-wheels.ts'
import type { InstallFailure } from './install-failure.ts'
import type { InstallProgress } from './install-progress.ts'
import type { Installation, Variant } from './installation.ts'
import { cpuWheels, gpuWheels, type Wheel } from './wheels.ts'
import { withLock } from './with-lock.ts'

export interface InstallOptions {
  /** With CUDA 12, for an NVIDIA GPU. */
  readonly gpu?: boolean
  /**
   * `wheel`: TensorFlow's libraries from PyPI, and the binding compiled against them. `upstream`: the install script of
   * npm's `@tensorflow/tfjs-node` or `@tensorflow/tfjs-node-gpu`, which fetches both from Google's storage.
   */
  readonly from?: 'wheel' | 'upstream'
  /** The folder under which all is kept; {@link cacheFolder} by default. */
  readonly cache?: string
  readonly tell?: (progress: InstallProgress) => void
}

/** What was installed, and whether it was there before. */
export interface Installed extends Installation {
  readonly already: boolean
  /** Whether it computes on a GPU here. */
  readonly usesGpu: boolean
}

/**
 * Makes the engine `tensorflow` usable on this machine: puts TensorFlow and tfjs's binding to it into the cache, where
 * `openEngine` finds them. No project is written into.
 *
 * Wheels are fetched by pip against checksums that are part of this package. A call that was killed is taken up where it
 * stood, wheel by wheel; what is installed has been loaded once, and what loads is left alone. Two calls on one cache
 * exclude each other.
 *
 * @example
 * const installed = await installTensorflow({ gpu: true })()
 * if (installed._tag === 'Left') console.error(installed.left.message)
 */
export function installTensorflow({
  gpu = false,
  from = 'wheel',
  cache = cacheFolder(),
  tell = () => {},
}: InstallOptions = {}): TE.TaskEither<InstallFailure, Installed> {
  return async () => {
    const tfjsNode = findTfjsNode()
    if (tfjsNode === undefined) {
      const message = `@tensorflow/tfjs-node-gpu isn't installed beside @coherent-gradients/engine: ${howToGetTfjsNode}`
      return E.left({ _tag: 'PackageMissing', message, name: '@tensorflow/tfjs-node-gpu' })
    }
    const platform = `${process.platform} ${process.arch}`
    if (from === 'wheel' && platform !== 'linux x64') {
      const message = `the wheels are for Linux x64, and this is ${platform}: try upstream's own install script`
      return E.left({ _tag: 'UnsupportedMachine', message, platform })
    }
    const variant: Variant = from === 'wheel' ? (gpu ? 'gpu' : 'cpu') : gpu ? 'upstream-gpu' : 'upstream'
    try {
      await makeFolder(join(cache, 'tensorflow'))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      const message = `${cache}: can't be made (${reason}); set COHERENT_GRADIENTS_CACHE to a folder that can be written`
      return E.left({ _tag: 'FolderRefused', message, folder: cache })
    }
    return withLock(join(cache, 'tensorflow'), () => install(variant, cache, tfjsNode, tell))
  }
}

async function install(
  variant: Variant,
  cache: string,
  tfjsNode: TfjsNode,
  tell: (progress: InstallProgress) => void,
): Promise<E.Either<InstallFailure, Installed>> {
  const before = installationOf(variant, cache)
  const wanted = wheelsOf(variant)?.[0]?.version
  if (before !== undefined && (wanted === undefined || before.tensorflow === wanted)) {
    tell({ step: 'check', what: 'the binding' })
    const checked = await checkBinding(before.binding)
    if (E.isRight(checked)) return E.right({ ...before, already: true, usesGpu: checked.right.gpu })
  }
  const folder = folderOf(variant, cache)
  const aside = `${folder}.partial`
  await makeFolder(aside)
  const built = await build(variant, aside, join(cache, 'tensorflow', 'downloads'), tfjsNode, tell)
  if (E.isLeft(built)) return built
  tell({ step: 'check', what: 'the binding' })
  const checked = await checkBinding(join(aside, built.right))
  if (E.isLeft(checked)) {
    await rm(aside, { recursive: true })
    return checked
  }
  const { tensorflow, gpu } = checked.right
  await writeFile(join(aside, 'installed.json'), JSON.stringify({ tensorflow, binding: built.right }))
  await rm(folder, { recursive: true, force: true })
  await moveIntoPlace(aside, folder)
  return E.right({ variant, tensorflow, binding: join(folder, built.right), already: false, usesGpu: gpu })
}

async function build(
  variant: Variant,
  folder: string,
  downloads: string,
  tfjsNode: TfjsNode,
  tell: (progress: InstallProgress) => void,
): Promise<E.Either<InstallFailure, string>> {
  const wheels = wheelsOf(variant)
  if (wheels !== undefined) {
    const done = await installFromWheels(tfjsNode, wheels, folder, downloads, tell)
    return E.isLeft(done) ? done : E.right('tfjs_binding.node')
  }
  const { version } = tfjsNode.load('./package.json') as { version: string }
  const name = variant === 'upstream' ? '@tensorflow/tfjs-node' : '@tensorflow/tfjs-node-gpu'
  return installFromUpstream(name, version, folder, tell)
}

function wheelsOf(variant: Variant): readonly Wheel[] | undefined {
  if (variant === 'cpu') return cpuWheels
  return variant === 'gpu' ? gpuWheels : undefined
}
