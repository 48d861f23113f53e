/** Whether this program is the published one, which is compiled, and not the sources of a checkout. */
export const installed: boolean = import.meta.filename.endsWith('.js')

/** What starts this program in a shell, as messages and pages say it. */
export const program: string = installed ? 'npx @coherent-gradients/reproduce' : 'npx -y pnpm@12 reproduce'

/** The address of a program of this package that runs by itself, by its path in the sources without its ending. */
export function processFile(path: string): URL {
  return new URL(`./${path}${installed ? '.js' : '.ts'}`, import.meta.url)
}
