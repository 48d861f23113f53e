import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

/**
 * Imports a rule's file wherever it lies. What it imports by a package's name is found as if it were part of this app, so
 * that a rule works with the very tensors that training makes. It imports no other files, since its hash alone tells runs
 * apart.
 */
export async function importRule(path: string, sha256: string): Promise<Readonly<Record<string, unknown>>> {
  const url = `${pathToFileURL(path).href}?sha256=${sha256}`
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (context.parentURL !== url) return next(specifier, context)
      if (/^(?:\.|\/|file:)/.test(specifier)) {
        throw new Error(`it imports ${specifier}: a rule is one file, which imports packages alone`)
      }
      return next(specifier, { ...context, parentURL: import.meta.url })
    },
    load: (at, context, next) =>
      next(at, at === url ? { ...context, format: /\.m?ts$/.test(path) ? 'module-typescript' : 'module' } : context),
  })
  try {
    return (await import(/* @vite-ignore */ url)) as Readonly<Record<string, unknown>>
  } finally {
    hooks.deregister()
  }
}
