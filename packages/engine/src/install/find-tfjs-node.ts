import { createRequire } from 'node:module'
import { dirname } from 'node:path'

/** tfjs's package for Node: its JavaScript is loaded, and its binding's sources are compiled. */
export interface TfjsNode {
  readonly folder: string
  /** Requires a file of the package, or a package of which it depends. */
  readonly load: NodeJS.Require
}

/** The optional peer @tensorflow/tfjs-node-gpu; undefined where it isn't installed. Its install script needn't have run. */
export function findTfjsNode(): TfjsNode | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json')
    return { folder: dirname(manifest), load: createRequire(manifest) }
  } catch {
    return undefined
  }
}

/** How to get it. */
export const howToGetTfjsNode = 'npm install @tensorflow/tfjs-node-gpu@4.22.0 --ignore-scripts'
