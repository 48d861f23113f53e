import { either as E } from 'fp-ts'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type { InstallFailure } from './install-failure.ts'

/**
 * The folder of `node_api.h`: Node's own headers beside the Node that runs, those that npm or node-gyp have been told of
 * or have fetched, or the package `node-api-headers`. The interface is stable: headers of any Node from 12 on serve, and
 * a binding that was built on one Node runs on the others.
 */
export function findNodeHeaders(): E.Either<InstallFailure, string> {
  const prefix = dirname(dirname(process.execPath))
  const { npm_config_nodedir: nodedir } = process.env
  const candidates = [
    join(prefix, 'include', 'node'),
    ...(nodedir === undefined ? [] : [join(nodedir, 'include', 'node')]),
    join(homedir(), '.cache', 'node-gyp', process.versions.node, 'include', 'node'),
    '/usr/include/node',
    '/usr/local/include/node',
    ...fromPackage(),
  ]
  const found = candidates.find((folder) => existsSync(join(folder, 'node_api.h')))
  if (found !== undefined) return E.right(found)
  const message =
    `Node's headers are not beside ${process.execPath}: use a Node from nodejs.org (its archive has include/node), ` +
    'or npm install node-api-headers (Debian: apt install libnode-dev)'
  return E.left({ _tag: 'ToolMissing', message, tool: 'node_api.h' })
}

function fromPackage(): string[] {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      return [join(dirname(createRequire(from).resolve('node-api-headers/package.json')), 'include')]
    } catch {
      // Not installed there.
    }
  }
  return []
}
