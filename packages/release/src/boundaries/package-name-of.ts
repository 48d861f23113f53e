/** The package that a specifier names: `@scope/name` of `@scope/name/sub`, `name` of `name/sub`. */
export function packageNameOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}
