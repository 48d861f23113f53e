import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import type { Manifest } from '../workspace-packages.ts'
import { platformsOf } from './browser-files.ts'
import type { ImportRule } from './import-rules.ts'
import { importsOf, type Import } from './imports-of.ts'
import { packageNameOf } from './package-name-of.ts'

const scope = '@coherent-gradients/'

/**
 * What is wrong with a source file's imports, one line for each, with the file's line; none where all is well.
 *
 * `path` is the file's within its package (`src/alpha.ts`), `manifest` and `rule` are the package's own. Test files are
 * not for this function: they may import devDependencies.
 */
export function brokenRules(path: string, text: string, manifest: Manifest, rule: ImportRule): string[] {
  return importsOf(path, text).flatMap((found) => {
    const broken = brokenRule(path, found, manifest, rule)
    return broken === null ? [] : [`${path}:${found.line}: ${broken}`]
  })
}

function brokenRule(path: string, found: Import, manifest: Manifest, rule: ImportRule): string | null {
  const { specifier, type, dynamic } = found
  if (specifier === null) {
    return rule.computed?.includes(path) === true ? null : 'a computed import hides what is imported'
  }
  if (specifier.startsWith('.')) {
    const target = posix.normalize(posix.join(posix.dirname(path), specifier))
    return target.startsWith('../') ? `'${specifier}' leaves the package` : null
  }
  if (specifier.startsWith('#')) {
    return platformsOf(manifest, specifier).length === 0 ? `'${specifier}' is not in the imports of package.json` : null
  }
  if (specifier.startsWith('node:')) return rule.node === true ? null : `'${specifier}' is not there in a browser`
  if (builtinModules.includes(specifier)) return `'${specifier}' is 'node:${specifier}'`
  if (specifier.startsWith('fp-ts/')) return `'${specifier}' crashes Node's loader: import from 'fp-ts'`

  const name = packageNameOf(specifier)
  if (name === manifest.name) return `'${specifier}' is this package: import the file`
  if (manifest.dependencies?.[name] === undefined && manifest.peerDependencies?.[name] === undefined) {
    return `'${name}' is in neither dependencies nor peerDependencies`
  }
  if (specifier.endsWith('?url')) return null // a bundler's word for where a file will be: nothing is loaded
  if (name.startsWith('@tensorflow/tfjs-backend-') || name.startsWith('@tensorflow/tfjs-node')) {
    if (rule.backends !== true) return `'${name}' is a backend: only the engine package opens one`
    if (!dynamic && !type) return `'${name}' is a backend: import it with import(…), when it is asked for`
  }
  if (name.startsWith(scope)) {
    const folder = name.slice(scope.length)
    if (rule.values.includes(folder)) return null
    if (rule.types?.includes(folder) !== true) return `'${name}' is not among what this package may import`
    if (!type) return `of '${name}' only types may be imported`
  }
  return null
}
