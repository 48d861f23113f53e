import { realpathSync, statSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

const linked = new URL('../node_modules/@tensorflow/tfjs-core/dist', import.meta.url)
const core = `${pathToFileURL(realpathSync(linked)).href}/`

/**
 * Lets Node load tfjs-core's `dist` folder, in which its tests are, as ES modules: the files are such but neither named
 * nor declared so, import each other without file endings, and call `require` now and then. Everybody's
 * `@tensorflow/tfjs-core` becomes that same copy, so that engine and tests meet in one tfjs, and the backends' bundles
 * become those with real classes, which can extend the copy's.
 */
export function loadTfjsModules(): void {
  Object.assign(globalThis, { require: createRequire(import.meta.url) })
  registerHooks({
    resolve(specifier, context, next) {
      const fromCore = context.parentURL?.startsWith(core) === true
      if (specifier === '@tensorflow/tfjs-core') return { url: tfjsModule('index'), shortCircuit: true }
      if (fromCore && specifier.startsWith('.'))
        return { url: withEnding(new URL(specifier, context.parentURL)), shortCircuit: true }
      const resolved = next(specifier, context)
      if (specifier.startsWith('@tensorflow/tfjs-backend-'))
        return { ...resolved, url: resolved.url.replace(/\.node\.js$/, '.es2017.js') }
      return fromCore && specifier === 'seedrandom' ? { ...resolved, url: `${resolved.url}?named` } : resolved
    },
    load(url, context, next) {
      if (url.endsWith('?named')) {
        const source = `import all from '${url.slice(0, -'?named'.length)}'; export const alea = all.alea; export default all`
        return { format: 'module', source, shortCircuit: true }
      }
      return next(url, url.startsWith(core) ? { ...context, format: 'module' } : context)
    },
  })
}

/** The URL of a module below tfjs-core's `dist`. */
export function tfjsModule(path: string): string {
  return withEnding(new URL(path, core))
}

function withEnding(url: URL): string {
  const path = fileURLToPath(url)
  for (const end of ['', '.js', '/index.js']) {
    if (statSync(path + end, { throwIfNoEntry: false })?.isFile() === true) return url.href + end
  }
  throw new Error(`no module ${path} in tfjs-core`)
}
