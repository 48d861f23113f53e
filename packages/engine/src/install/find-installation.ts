import { cacheFolder } from '@coherent-gradients/files'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findTfjsNode } from './find-tfjs-node.ts'
import type { Installation, Variant } from './installation.ts'

/** The builds in the order in which they are preferred. One with CUDA also works where there is no GPU. */
const variants: readonly Variant[] = ['gpu', 'cpu', 'upstream-gpu', 'upstream']

/**
 * The build of tfjs's binding to be loaded: the best in the cache, else the one that @tensorflow/tfjs-node-gpu's own
 * install script put into its package; undefined where there is none.
 */
export function findInstallation(cache: string = cacheFolder()): Installation | undefined {
  return variants.map((variant) => installationOf(variant, cache)).find((each) => each !== undefined) ?? packagesOwn()
}

/** The build of one variant in the cache; undefined where there is none that is complete. */
export function installationOf(variant: Variant, cache: string): Installation | undefined {
  const folder = folderOf(variant, cache)
  try {
    const { tensorflow, binding } = JSON.parse(readFileSync(join(folder, 'installed.json'), 'utf8')) as Installation
    const path = join(folder, binding)
    return existsSync(path) ? { variant, tensorflow, binding: path } : undefined
  } catch {
    return undefined
  }
}

/** Where in the cache a variant lies. */
export function folderOf(variant: Variant, cache: string): string {
  return join(cache, 'tensorflow', variant)
}

function packagesOwn(): Installation | undefined {
  const tfjsNode = findTfjsNode()
  if (tfjsNode === undefined) return undefined
  const binding = join(tfjsNode.folder, 'lib', 'napi-v8', 'tfjs_binding.node')
  return existsSync(binding) ? { variant: 'upstream-gpu', tensorflow: '2.9.1', binding } : undefined
}
