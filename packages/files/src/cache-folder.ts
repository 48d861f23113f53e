import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/**
 * The folder of what is downloaded or built once for a machine and belongs to no project: `COHERENT_GRADIENTS_CACHE`
 * where that is set, else `coherent-gradients` in the user's cache folder (`XDG_CACHE_HOME`, by default `~/.cache`).
 * It may not be there yet.
 *
 * @example
 * cacheFolder({ COHERENT_GRADIENTS_CACHE: '/scratch' }) // '/scratch'
 */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const own = environment['COHERENT_GRADIENTS_CACHE']
  if (own !== undefined && own !== '') return own
  const users = environment['XDG_CACHE_HOME']
  return join(users !== undefined && isAbsolute(users) ? users : join(homedir(), '.cache'), 'coherent-gradients')
}
